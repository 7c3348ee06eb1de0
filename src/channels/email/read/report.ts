import { isReportType } from './attachments.ts'
import { type Leaf, partText, typeOf } from './body.ts'
import { decodeWords } from './decode-words.ts'
import type { MailReport, ReportFields } from './mail.ts'

/** Enough of an enclosed mail for its headers. */
const headSize = 64 * 1024

/** The machine-readable parts of a report; null when the mail has none. */
export function readReport(leaves: Leaf[]): MailReport | null {
  const report: MailReport = { status: [], feedback: null, original: null }
  const found = leaves.some((leaf) => isReportType(typeOf(leaf.part)))
  if (!found) return null
  for (const { part } of leaves) {
    const type = typeOf(part)
    if (/delivery-status$/.test(type)) report.status.push(...readGroups(partText(part)))
    else if (type === 'message/feedback-report') report.feedback ??= readGroups(partText(part))[0] ?? {}
    else if (/^(text\/rfc822-headers|message\/(rfc822|global|global-headers))$/.test(type))
      report.original ??= readFields(latin(part.content))
  }
  return report
}

const latin = (content: ArrayBuffer | null): string =>
  Buffer.from(content ?? new ArrayBuffer(0))
    .subarray(0, headSize)
    .toString('utf8')

/** Groups of fields, divided by blank lines. */
export function readGroups(text: string): ReportFields[] {
  return text
    .slice(0, headSize)
    .split(/\n[ \t]*\n/)
    .map(readFields)
    .filter((group) => Object.keys(group).length > 0)
    .slice(0, 200)
}

/** Fields up to the first blank line, names in lower case, the first of each, unfolded and decoded. */
export function readFields(text: string): ReportFields {
  const fields: ReportFields = Object.create(null) as ReportFields
  let last: string | null = null
  for (const line of text.replace(/^\s+/, '').split(/\r?\n/)) {
    if (line.trim() === '') break
    const match = /^([!-9;-~]{1,100})[ \t]*:[ \t]*(.*)$/.exec(line)
    if (match) {
      const name = match[1]!.toLowerCase()
      last = name in fields ? null : name
      if (last) fields[last] = match[2]!
    } else if (last && /^[ \t]/.test(line)) fields[last] += ` ${line.trim()}`
  }
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, decodeWords(value).trim()]))
}
