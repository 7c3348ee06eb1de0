/** An mbox divided at its "From " lines (after a blank line, RFC 4155); `>From ` in the text is a `From ` again. */
export async function* splitMbox(
  bytes: AsyncIterable<Buffer>,
  maxSize: number,
): AsyncGenerator<{ raw: Buffer | null; size: number }> {
  let lines: Buffer[] = []
  let size = 0
  let began = false
  let blank = true
  const take = () => {
    const mail = { raw: size <= maxSize ? withoutLastBlank(Buffer.concat(lines)) : null, size }
    lines = []
    size = 0
    return mail
  }
  for await (const line of linesOf(bytes)) {
    if (blank && isFromLine(line)) {
      if (began) yield take()
      began = true
      blank = false
      continue
    }
    blank = line.length <= 2 && (line[0] === 10 || (line[0] === 13 && line[1] === 10))
    const text = isQuotedFrom(line) ? line.subarray(1) : line
    size += text.length
    // What is too large is counted to its end, but not held.
    if (size <= maxSize) lines.push(text)
    else lines = []
  }
  if (began) yield take()
}

/** `From sender Mon Mar  2 10:00:00 2026`: a year, or a time of day, tells it from a sentence. */
const fromLine = /^From \S.*(\d{4}|\d\d:\d\d)/
const isFromLine = (line: Buffer): boolean =>
  line.subarray(0, 5).toString('latin1') === 'From ' && fromLine.test(line.toString('latin1', 0, 200))
const isQuotedFrom = (line: Buffer): boolean =>
  line[0] === 62 && /^>+From /.test(line.toString('latin1', 0, 20))

/** The blank line before the next "From " belongs to the box, not to the mail. */
function withoutLastBlank(mail: Buffer): Buffer {
  const text = mail.toString('latin1', Math.max(0, mail.length - 4))
  const cut = /\r\n\r\n$/.test(text) ? 2 : /\n\n$/.test(text) ? 1 : 0
  return mail.subarray(0, mail.length - cut)
}

/** Lines with their ends; one without an end at the close. A line longer than a megabyte comes in pieces. */
async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    const all = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let from = 0
    for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, from)) {
      yield all.subarray(from, end + 1)
      from = end + 1
    }
    rest = all.subarray(from)
    if (rest.length > 1024 * 1024) {
      yield rest
      rest = Buffer.alloc(0)
    }
  }
  if (rest.length > 0) yield rest
}
