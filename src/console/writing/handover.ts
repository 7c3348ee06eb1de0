/** Where the caret stood in the plain field, for the editor that takes its place. */
export interface Caret {
  /** the field that is left: two of them never mix */
  label: string
  text: string
  start: number
  end: number
}
let left: Caret | null = null

export const leaveCaret = (caret: Caret | null): void => {
  left = caret
}
export function takeCaret(label: string): Caret | null {
  const caret = left?.label === label ? left : null
  left = null
  return caret
}
