// Takes words that were erased out of what quotes them. A quote is rarely the same text: marks stand before its lines,
// lines break elsewhere, spaces go. So words are compared, not letters: a run of them that stood in the erased text goes,
// and so does a single one that hardly stands anywhere else (a number, an address, a long code).

/** So many words in a row that stood so in the erased text are a quote. */
const run = 4
const word = /[^\s>|*_"“”«»„<()[\]{},;]+/gu
const plain = (one: string) => one.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').toLowerCase()

/** Hardly by chance in another text: with digits and five signs, with an @, or longer than words are. */
const isTelling = (one: string) =>
  (one.length >= 5 && /\p{N}/u.test(one) && !/^\p{N}{1,2}[.:/]\p{N}/u.test(one)) ||
  (one.length >= 6 && one.includes('@')) ||
  one.length >= 18

export interface Erased {
  runs: Set<string>
  telling: Set<string>
}

/** What must not be found any more. @param texts the erased words, plain */
export function erasedWords(texts: string[]): Erased {
  const runs = new Set<string>()
  const telling = new Set<string>()
  for (const text of texts) {
    const words = [...text.matchAll(word)].map(([one]) => plain(one)).filter((one) => one !== '')
    for (const one of words) if (isTelling(one)) telling.add(one)
    // A text of few words is told by all of them, unless they are everybody's.
    const length = Math.min(run, words.length)
    if (length < run && words.join('').length < 12) continue
    for (let at = 0; at + length <= words.length; at += 1) runs.add(words.slice(at, at + length).join(' '))
  }
  return { runs, telling }
}

/** @returns the text without them, each gap as `…`; null: there are none in it */
export function takeOut(text: string, { runs, telling }: Erased): string | null {
  const words = [...text.matchAll(word)]
    .map((match) => ({ from: match.index, to: match.index + match[0].length, plain: plain(match[0]) }))
    .filter((one) => one.plain !== '')
  const out = new Set<number>()
  const lengths = new Set([...runs].map((one) => one.split(' ').length))
  for (const [at, one] of words.entries()) {
    if (telling.has(one.plain)) out.add(at)
    for (const length of lengths) {
      const ahead = words.slice(at, at + length)
      if (ahead.length < length || !runs.has(ahead.map((each) => each.plain).join(' '))) continue
      for (let each = at; each < at + length; each += 1) out.add(each)
    }
  }
  if (out.size === 0) return null
  let rest = ''
  let from = 0
  for (const [at, one] of words.entries()) {
    if (!out.has(at)) continue
    const first = !out.has(at - 1)
    rest += first ? `${text.slice(from, one.from)}…` : breaksIn(text.slice(from, one.from))
    from = one.to
  }
  return rest + text.slice(from)
}

/** Between two words that both go only the line breaks stay, so that what is left keeps its lines. */
const breaksIn = (between: string) => between.replace(/[^\n]+/g, '').slice(0, 2)
