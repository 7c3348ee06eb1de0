// Finding by a few letters: beginnings of words first, then parts, then letters in order, then one slip. Pure.

/** Case, accents and ё do not matter. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const russian = 'йцукенгшщзхъфывапролджэячсмитьбюё'
const places = new Map<string, string>()
for (const [index, key] of [...latin].entries()) {
  places.set(key, russian[index]!)
  places.set(russian[index]!, key)
}
/** What the same keys would have typed in the other layout: "pfrhsnm" is "закрыть", "фыышпт" is "assign". */
export function otherLayout(typed: string): string {
  const cyrillic = /\p{Script=Cyrillic}/u.test(typed)
  return [...typed.toLowerCase()]
    .map((char) => (russian.includes(char) === cyrillic ? (places.get(char) ?? char) : char))
    .join('')
}

/** How well words answer what was typed, in either layout: higher is better, null is not at all. */
export function match(typed: string, words: string): number | null {
  const straight = score(typed, words)
  const other = score(otherLayout(typed), words)
  // A near miss in the right layout does not beat a hit in the other one.
  return straight === null ? (other === null ? null : other - 3) : Math.max(straight, (other ?? 0) - 3)
}

function score(typed: string, words: string): number | null {
  const whole = fold(words)
  const parts = whole.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const tokens = fold(typed).split(/\s+/).filter(Boolean)
  if (tokens.length === 0) return 0
  let sum = 0
  for (const token of tokens) {
    const found = scoreToken(token, whole, parts)
    if (found === null) return null
    sum += found
  }
  const inOrder = whole.startsWith(fold(typed)) ? 10 : 0
  return sum / tokens.length + inOrder - Math.min(9, whole.length / 10)
}

function scoreToken(token: string, whole: string, parts: string[]): number | null {
  const at = parts.findIndex((part) => part.startsWith(token))
  if (at >= 0) return (parts[at] === token ? 100 : 80) - at
  if (whole.includes(token)) return 50
  const initials = parts.map((part) => part[0]).join('')
  if (token.length > 1 && initials.startsWith(token)) return 45
  if (token.length > 3 && parts.some((part) => oneSlip(token, part.slice(0, token.length)))) return 30
  return token.length > 1 && inOrder(token, whole) ? 15 : null
}

/** All letters in order, the first at the beginning of a word, and not strewn over more than three times their length. */
function inOrder(token: string, whole: string): boolean {
  for (let start = whole.indexOf(token[0]!); start >= 0; start = whole.indexOf(token[0]!, start + 1)) {
    if (start > 0 && /[\p{L}\p{N}]/u.test(whole[start - 1]!)) continue
    let at = start
    for (const char of token.slice(1)) {
      at = whole.indexOf(char, at + 1)
      if (at < 0) return false
    }
    if (at - start < token.length * 3) return true
  }
  return false
}

/** One letter wrong, or two swapped. */
function oneSlip(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  const wrong = [...a].flatMap((char, index) => (char === b[index] ? [] : [index]))
  const [first, second] = wrong
  if (wrong.length === 1) return true
  return wrong.length === 2 && second === first! + 1 && a[first!] === b[second] && a[second] === b[first!]
}

export interface Findable {
  id: string
  words: string
}
/** The best answers to what was typed; with nothing typed, all as they are. What was used lately comes before its equals. */
export function rank<T extends Findable>(
  typed: string,
  items: readonly T[],
  recent: readonly string[] = [],
  most = 12,
): T[] {
  if (typed.trim() === '') return [...items]
  return items
    .flatMap((item, index) => {
      const found = match(typed, item.words)
      const lately = recent.indexOf(item.id)
      return found === null ? [] : [{ item, index, score: found + (lately >= 0 ? 8 - lately : 0) }]
    })
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, most)
    .map(({ item }) => item)
}
