// What was chosen lately in the palette, newest first; kept in this browser, per person.
export interface Recent {
  id: string
  /** As it was shown, for what cannot be told from its id: a conversation, a customer. */
  words: string
}
const most = 8
const nameOf = (agent: string) => `foyer.${agent}.recent`

export function readRecent(agent: string): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(agent)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((each) => typeof each?.id === 'string') : []
  } catch {
    return []
  }
}
export function rememberRecent(agent: string, { id, words }: Recent): void {
  const others = readRecent(agent).filter((each) => each.id !== id)
  localStorage.setItem(nameOf(agent), JSON.stringify([{ id, words }, ...others].slice(0, most)))
}
