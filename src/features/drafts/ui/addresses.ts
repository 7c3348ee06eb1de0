import type { MailboxInput } from '#features/conversations/conversations.contract.ts'

/** What was typed into a recipients line: "Kim <kim@example.org>, ann@example.org". */
export function parseAddresses(typed: string): { good: string[]; bad: string[] } {
  const parts = typed.match(/(?:"[^"]*"|<[^>]*>|[^,;\n"<])+/g) ?? []
  const trimmed = parts.map((part) => part.trim()).filter((part) => part !== '')
  const isGood = (part: string) => /^(?:[^<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(part)
  return { good: trimmed.filter(isGood), bad: trimmed.filter((part) => !isGood(part)) }
}

export function writeAddress(mailbox: MailboxInput): string {
  if (typeof mailbox === 'string') return mailbox
  if (!mailbox.name) return mailbox.address
  const name = /[,;<>@"]/.test(mailbox.name) ? `"${mailbox.name.replaceAll('"', '')}"` : mailbox.name
  return `${name} <${mailbox.address}>`
}
export const writeAddresses = (list: MailboxInput[] | null): string | null =>
  list === null ? null : list.map(writeAddress).join(', ')
