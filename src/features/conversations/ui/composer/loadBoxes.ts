import i18next from 'i18next'

export type Boxes = typeof import('./boxes.ts')
let loaded: Boxes | null = null

/** Editor, menus and all, with their texts: not needed to sign in, to see the queue and to read. */
export async function loadBoxes(): Promise<Boxes> {
  const [boxes] = await Promise.all([import('./boxes.ts'), i18next.loadNamespaces(['composer', 'asked'])])
  loaded = boxes
  return boxes
}
/** Null until they are there. */
export const boxesNow = (): Boxes | null => loaded
