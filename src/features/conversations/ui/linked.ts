export interface Part {
  /** Offset in the text. */
  at: number
  text: string
  href: string | null
}

/** Text cut at its links. Only http, https and mail addresses come alive. */
export function linked(text: string): Part[] {
  const parts: Part[] = []
  let done = 0
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"']{2,2000}|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gu)) {
    const found = match[0].replace(/[).,;:!?\]}»”’*]+$/u, (tail) =>
      balanced(match[0]) ? tail.replace(/[^)]+$/u, '') : '',
    )
    if (match.index > done) parts.push({ at: done, text: text.slice(done, match.index), href: null })
    parts.push({ at: match.index, text: found, href: found.startsWith('http') ? found : `mailto:${found}` })
    done = match.index + found.length
  }
  if (done < text.length) parts.push({ at: done, text: text.slice(done), href: null })
  return parts
}

/** A closing bracket belongs to the link when it was opened in it: …/wiki/Foyer_(room). */
const balanced = (link: string) => link.split('(').length === link.split(')').length && link.includes('(')
