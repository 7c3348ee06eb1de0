/** What somebody inside wants done by a mail: lines at its beginning that start with a slash, then his words. */
export interface MailCommands {
  /** to the customer, or for colleagues alone; null: he did not say */
  to: 'customer' | 'colleagues' | null
  close: boolean
  /** a name, an address, `me`, a team's name; null: not said */
  assign: string | null
  /** a status' name; null: not said */
  status: string | null
  /** lines that look like a command and are none, or lack what they need */
  wrong: string[]
  text: string
}

/** As it is written in either language. */
const names: Record<string, 'reply' | 'comment' | 'close' | 'assign' | 'status'> = {
  reply: 'reply',
  ответ: 'reply',
  ответить: 'reply',
  comment: 'comment',
  note: 'comment',
  комментарий: 'comment',
  close: 'close',
  закрыть: 'close',
  assign: 'assign',
  назначить: 'assign',
  status: 'status',
  статус: 'status',
}

/** @param text new words alone, without what is quoted */
export function mailCommands(text: string): MailCommands {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const read: MailCommands = { to: null, close: false, assign: null, status: null, wrong: [], text: '' }
  let at = 0
  for (; at < lines.length; at += 1) {
    const line = lines[at]!.replace(/[\u00a0\u200b\ufeff]/g, ' ').trim()
    if (line === '') continue
    const found = /^\/(\p{L}{2,20})(?:[ \t]+(.{1,200}))?$/u.exec(line)
    if (!found) break
    if (!take(read, names[found[1]!.toLowerCase()], (found[2] ?? '').trim()))
      read.wrong.push(line.slice(0, 100))
  }
  return { ...read, text: lines.slice(at).join('\n').trim() }
}

/** @returns false: it is no command, or not as it must be said */
function take(read: MailCommands, name: (typeof names)[string] | undefined, what: string): boolean {
  switch (name) {
    case 'reply':
    case 'comment':
      read.to = name === 'reply' ? 'customer' : 'colleagues'
      return what === ''
    case 'close':
      read.close = true
      return what === ''
    case 'assign':
      read.assign = what
      return what !== ''
    case 'status':
      read.status = what
      return what !== ''
    default:
      return false
  }
}
