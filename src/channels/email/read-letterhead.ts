import { classify } from './read/classify.ts'
import { headEnd } from './read/headers-of.ts'
import { read } from './read/read.ts'

/** Enough for any honest head. Bytes. */
const most = 64 * 1024

/** Who wrote a mail of which only the head is there, and whether a machine may answer it. */
export interface Letterhead {
  from: { name: string; address: string } | null
  subject: string | null
  messageId: string | null
  references: string[]
  /** no machine, list, report or spam, and nobody who asks machines to be silent */
  byPerson: boolean
}

/** Of a mail that is not read as a whole (too large); null: not even its head can be read. */
export async function readLetterhead(raw: Uint8Array): Promise<Letterhead | null> {
  const head = raw.subarray(0, Math.min(headEnd(raw), most))
  const mail = await read(head).catch(() => null)
  if (!mail) return null
  const { automatic, bounce, complaint, list, bulk, spam, loops, noReply, noAutoAnswer } = classify(mail)
  const machine = automatic || bounce || complaint || list || bulk || spam || loops.length > 0
  const [from = null] = mail.from
  return {
    from: from && { name: from.name, address: from.address },
    subject: mail.subject || null,
    messageId: mail.messageId,
    references: [...mail.references, ...(mail.messageId ? [mail.messageId] : [])],
    byPerson: !(machine || noReply || noAutoAnswer || mail.returnPath === ''),
  }
}
