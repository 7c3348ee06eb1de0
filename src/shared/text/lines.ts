/** A text as lines, and stretches of them: what the folding of history works on. */
export interface Line {
  from: number
  to: number
  text: string
  quoted: boolean
  blank: boolean
}
export interface Span {
  first: number
  /** The line after the last. */
  end: number
}

/** Longer texts are shown as they are from there on. */
const maxLength = 500_000

export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let from = 0
  let before = ''
  for (const line of text.slice(0, maxLength).split('\n')) {
    // A lone ">:" below "Anna <a@example.com" is the end of it, wrapped by a mail program.
    const wrapped = /^>\s?:\s*$/.test(line) && /<[^<>\s]+@[^<>\s]+$/.test(before.slice(-300))
    const quoted = /^\s{0,3}(?:>|&gt;|›)/.test(line) && !wrapped
    lines.push({ from, to: from + line.length, text: line, quoted, blank: line.trim() === '' })
    from += line.length + 1
    before = line
  }
  return lines
}
