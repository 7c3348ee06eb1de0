const fields = new Set<() => void>()

/** A writing area says here how to make it tell what stands in it; answers how to take that back. */
export function onSettle(tell: () => void): () => void {
  fields.add(tell)
  return () => void fields.delete(tell)
}

/** Every writing area tells its last words now: before something is sent, saved, or put below them. */
export function settleWriting(): void {
  for (const tell of fields) tell()
}
