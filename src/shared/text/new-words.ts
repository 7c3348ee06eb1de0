import { fold, without } from './fold.ts'

/** What the sender wrote anew: the text without history and signature; the whole text when it is nothing else. */
export function newWords(text: string, options: { subject?: string } = {}): string {
  return without(text, fold(text, options))
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** One line of at most `length` characters that shows what a mail says, cut at a word. */
export function preview(
  text: string,
  { subject = '', length = 200 }: { subject?: string; length?: number } = {},
): string {
  const line = newWords(text.slice(0, 20_000), { subject })
    .replace(/<https?:\/\/[^\s<>]{1,2000}>/g, ' ')
    .replace(/(?:[\s\u200b-\u200f\u2060\ufeff\u00ad]|\u034f)+/g, ' ')
    .replace(/[-_=*~]{4,}/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
  if (line.length <= length) return line
  const cut = line.slice(0, length - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > length * 0.6 ? cut.slice(0, space) : cut).replace(/[\ud800-\udbff]$/, '').trimEnd()}…`
}
