// Which rows are selected. Pure: given the old, answers the new.
export interface Selection {
  numbers: ReadonlySet<number>
  /** where a range begins */
  anchor: number | null
  /** every conversation of the view was asked for, those not loaded included */
  all: boolean
}
export const nothing: Selection = { numbers: new Set(), anchor: null, all: false }

export function toggle({ numbers }: Selection, number: number): Selection {
  const next = new Set(numbers)
  if (!next.delete(number)) next.add(number)
  return { numbers: next, anchor: number, all: false }
}

/** From the anchor to this row, in the order on screen; without an anchor just this row. */
export function extend(selection: Selection, to: number, order: readonly number[]): Selection {
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor)
  const end = order.indexOf(to)
  if (from < 0 || end < 0) return toggle(selection, to)
  const range = order.slice(Math.min(from, end), Math.max(from, end) + 1)
  return { numbers: new Set([...selection.numbers, ...range]), anchor: selection.anchor, all: false }
}

export const these = (numbers: readonly number[], all: boolean): Selection => ({
  numbers: new Set(numbers),
  anchor: numbers[0] ?? null,
  all,
})
