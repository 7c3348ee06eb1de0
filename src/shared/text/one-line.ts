/** The beginning of a text in one line, for lists. @param fold what is folded away (quoted history) and not told */
export function oneLine(text: string, fold: { from: number; to: number } | null = null, most = 200): string {
  const told = fold ? `${text.slice(0, fold.from)} ${text.slice(fold.to)}` : text
  return told
    .slice(0, most * 10)
    .replace(/[\s\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()
}
