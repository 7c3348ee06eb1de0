const held = new Set<number>()

/**
 * One place of this browser brings a kept file up, whatever tabs are open.
 * @returns how to let go of it; null: another one has it
 */
export async function holdKept(id: number): Promise<(() => void) | null> {
  if (held.has(id)) return null
  held.add(id)
  let release = () => {}
  // Without https there are no locks: then one tab at least does not bring it twice.
  const got =
    !('locks' in navigator) ||
    (await new Promise<boolean>((resolve) => {
      void navigator.locks.request(`foyer-file-${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null)
        return lock && new Promise<void>((done) => (release = done))
      })
    }))
  if (!got) {
    held.delete(id)
    return null
  }
  return () => {
    held.delete(id)
    release()
  }
}
