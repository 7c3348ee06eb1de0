// The newest item seen on this device, per conversation, so that reading goes on there.
const prefix = 'foyer.seen.'
/** So many stay; the browser's room is shared with what is being written. */
const most = 2000

export const placeSeen = (number: number): string | null => localStorage.getItem(`${prefix}${number}`)
export const keepPlace = (number: number, item: string): void =>
  localStorage.setItem(`${prefix}${number}`, item)

/** Lets go of the oldest conversations' places when there are many; nearly always that is one look at a number. */
export function forgetPlaces(store: Storage = localStorage): void {
  if (store.length < most * 1.25) return
  const names = Array.from({ length: store.length }, (_, at) => store.key(at) ?? '')
  const places = names.filter((name) => name.startsWith(prefix))
  const numberOf = (name: string) => Number(name.slice(prefix.length))
  places.sort((a, b) => numberOf(b) - numberOf(a))
  for (const name of places.slice(most)) store.removeItem(name)
}
