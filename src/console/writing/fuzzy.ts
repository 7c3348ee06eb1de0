/**
 * Those whose words have the letters typed, in order, the best first: at the beginning of a text, then at the beginning
 * of a word, then anywhere together, then scattered in the first text. The first text counts most.
 */
export function fuzzy<T>(all: readonly T[], typed: string, textsOf: (each: T) => readonly string[]): T[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return [...all]
  return all
    .map((each) => ({
      each,
      score: Math.max(...textsOf(each).map((text, index) => score(text, wanted, index))),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ each }) => each)
}

function score(text: string, wanted: string, index: number): number {
  const words = text.toLowerCase()
  const at = words.indexOf(wanted)
  const later = index * 10
  if (at === 0) return 100 - later
  if (at > 0) return (/[\p{L}\p{N}]/u.test(words[at - 1] ?? '') ? 60 : 80) - later
  return index === 0 && scattered(words, wanted) ? 20 : 0
}

function scattered(words: string, wanted: string): boolean {
  let at = -1
  for (const letter of wanted.replaceAll(' ', '')) {
    at = words.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}
