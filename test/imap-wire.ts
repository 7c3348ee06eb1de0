// What an IMAP client sends, taken apart: lines with quoted words, lists and literals (RFC 3501, 4; RFC 7888).

/** A word, a literal's bytes, or a list in brackets. */
export type Value = string | Buffer | Value[]
export interface Command {
  tag: string
  /** upper case */
  verb: string
  args: Value[]
}
export interface Hearer {
  obey(command: Command): void
  /** a literal was announced and may be sent now */
  goOn(): void
}

/** @returns takes what the socket brings, however it is cut */
export function openReader({ obey, goOn }: Hearer): (chunk: Buffer) => void {
  let waiting: Buffer = Buffer.alloc(0)
  /** the command so far: text, and the literals between */
  let parts: (string | Buffer)[] = []
  let literal = -1
  /** @returns whether there was enough for a further step */
  function step(): boolean {
    if (literal >= 0) {
      if (waiting.length < literal) return false
      parts.push(Buffer.from(waiting.subarray(0, literal)))
      waiting = waiting.subarray(literal)
      literal = -1
      return true
    }
    const end = waiting.indexOf('\r\n')
    if (end < 0) return false
    const line = waiting.toString('latin1', 0, end)
    waiting = waiting.subarray(end + 2)
    const announced = /\{(\d+)(\+?)\}$/.exec(line)
    parts.push(announced ? line.slice(0, announced.index) : line)
    if (announced) {
      literal = Number(announced[1])
      if (!announced[2]) goOn()
      return true
    }
    const command = toCommand(parts)
    parts = []
    obey(command)
    return true
  }
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
    while (step());
  }
}

function toCommand(parts: (string | Buffer)[]): Command {
  const [first, second, ...args] = valuesOf(parts)
  if (typeof second !== 'string') return { tag: '', verb: String(first ?? '').toUpperCase(), args: [] }
  return { tag: String(first), verb: second.toUpperCase(), args }
}

/** Words end at blanks and brackets, but `BODY[]` and `BODY.PEEK[HEADER.FIELDS (X)]` are one. */
const token = /\s*(?:"((?:[^"\\]|\\.)*)"|([()])|((?:[^\s()"[\]]|\[[^\]]*\])+))/gy

function valuesOf(parts: (string | Buffer)[]): Value[] {
  const top: Value[] = []
  const stack: Value[][] = [top]
  for (const part of parts) {
    if (Buffer.isBuffer(part)) {
      stack.at(-1)!.push(part)
      continue
    }
    for (const [, quoted, bracket, word] of part.matchAll(token)) {
      const here = stack.at(-1)!
      if (bracket === '(') {
        const inner: Value[] = []
        here.push(inner)
        stack.push(inner)
      } else if (bracket === ')') {
        if (stack.length > 1) stack.pop()
      } else here.push(quoted === undefined ? word! : quoted.replace(/\\(.)/g, '$1'))
    }
  }
  return top
}
