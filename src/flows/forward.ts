// A message passed on to somebody outside: his answers join the conversation as a new participant's.
import { mailLimits } from '#channels/email/limits.ts'
import { newMessageId } from '#channels/email/tokens.ts'
import type { NewForward } from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import * as deliveries from '#features/deliveries/deliveries.ts'
import { ownAddresses } from '#features/inboxes/inboxes.ts'
import type { Db } from '#platform/db/db.ts'
import { Refusal, refuse, refuseField } from '#platform/errors/refuse.ts'
import { htmlToText } from '#platform/html/html-to-text.ts'
import { safeHtml, safeHtmlVersion } from '#platform/html/safe-html.ts'
import { text as say } from '#platform/texts/texts.ts'
import { preview } from '#shared/text/new-words.ts'
import { textToHtml } from '#shared/text/text-to-html.ts'
import { hold, type Writing } from './send-reply.ts'
import { type Desk, deskOf, senderOf, undoSeconds } from './sending/letter.ts'
import { type Addressed, everybody, readNamed } from './sending/recipients.ts'
import { picturesIn } from './sending/uploads.ts'
import { wayOut } from './sending/way-out.ts'

/** @returns the new message's id */
export async function forward(
  tx: Db,
  { house, writer }: Writing,
  number: string,
  input: NewForward,
): Promise<string> {
  const now = house.clock.now()
  const row = await conversations.findLocked(tx, writer, number)
  conversations.refuseFinished(row)
  const addressed = await outside(tx, input)
  const original = await originalOf(tx, row.id, input.item)
  const desk = await deskOf(tx, row.id, writer)
  const domain = desk.inbox.address.split('@').at(-1) ?? 'localhost'
  const uploads = input.attachments ?? []
  const { html: shown, pictures } = picturesIn(house.secrets, input.html, uploads, domain)
  const note = noteOf(input.text, shown)
  const words = input.asAttachment ? note : withOriginal(original, note, desk)
  const attachments = input.asAttachment
    ? [await asFile(tx, original)]
    : await filesOf(tx, original.id, input.files, words.html)
  const holding = hold({}, Math.min(undoSeconds(desk), mailLimits.undoSeconds), now)
  const { channel } = await wayOut(tx, row.inbox, null)
  const { message } = await conversations.append(
    tx,
    row,
    {
      ...addressed,
      direction: 'out',
      medium: 'mail',
      channel,
      at: now,
      author: { kind: 'agent', id: writer, name: null, address: null },
      subject: `Fwd: ${original.subject || row.subject}`,
      ...words,
      htmlSafe: safeHtmlVersion,
      from: senderOf(desk),
      messageId: newMessageId(house.secrets, row.id, domain),
      undoUntil: holding.state === 'held' ? holding.dueAt : null,
      attachments,
      uploads,
      pictures,
      preview: preview(note.text || words.text),
    },
    { now },
  )
  await deliveries.plan(tx, {
    ...holding,
    message,
    channel,
    kind: 'forward',
    agent: writer,
    recipients: everybody(addressed),
    quote: 'none',
  })
  return message
}

/** To ourselves it would go round in a circle. */
async function outside(tx: Db, { to }: NewForward): Promise<Addressed> {
  const read = readNamed({ to: Array.isArray(to) ? to : [to] }).to ?? []
  const own = await ownAddresses(tx)
  const errors = read.flatMap(({ address }, i) =>
    own.has(address.replace(/\+[^@]*@/, '@')) ? [{ field: `to.${i}`, code: 'own_address' }] : [],
  )
  if (errors.length > 0) throw new Refusal('invalid', { errors })
  if (read.length === 0) refuse('no_recipient', { errors: [{ field: 'to', code: 'required' }] })
  const once = read.filter(({ address }, i) => read.findIndex((one) => one.address === address) === i)
  return { to: once, cc: [], bcc: [] }
}

type Original = Awaited<ReturnType<typeof originalOf>>

/** The message named, else the newest from outside. */
async function originalOf(tx: Db, conversation: string, item: string | undefined) {
  let query = tx
    .selectFrom('messages')
    .select([
      'id',
      'at',
      'subject',
      'text',
      'html',
      'sender',
      'recipients',
      'ledger',
      'direction',
      'sealed_at',
    ])
    .where('conversation', '=', conversation)
    .where('erased_at', 'is', null)
  query = item ? query.where('id', '=', item) : query.where('direction', '=', 'in')
  const found = await query.orderBy('at', 'desc').orderBy('position', 'desc').executeTakeFirst()
  if (found?.sealed_at) refuse('sealed')
  return found ?? refuseField('item', 'unknown')
}

interface Words {
  text: string
  html: string | null
}

function noteOf(text: string | undefined, html: string | undefined): Words {
  const safe = html ? safeHtml(html) : null
  return { text: (text?.trim() ? text : safe ? htmlToText(safe) : '').trim(), html: safe }
}

/** One's own words, who wrote what follows, and that: with its formatting where either has any. */
function withOriginal(original: Original, note: Words, { language, timeZone }: Desk): Words {
  const box = ({ name, address }: { name: string | null; address: string }) =>
    name ? `${name} <${address}>` : address
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
    original.at,
  )
  const lines = [
    ['from', original.sender ? box(original.sender) : ''],
    ['date', date],
    ['subject', original.subject ?? ''],
    ['to', original.recipients.map(box).join(', ')],
  ].flatMap(([name, value]) => (value ? [say(language, `sending:header.${name}`, { value })] : []))
  const head = [`---------- ${say(language, 'sending:forwarded')} ----------`, ...lines].join('\n')
  const text = [note.text, head, original.text].filter(Boolean).join('\n\n')
  if (note.html === null && original.html === null) return { text, html: null }
  const own = note.html ?? (note.text && textToHtml(note.text))
  const theirs = original.html === null ? textToHtml(original.text) : safeHtml(original.html)
  return { text, html: [own, textToHtml(head), theirs].filter(Boolean).join('\n<br>\n') }
}

/** Pictures that stand between the words go with them; of the others those that are wanted, or all. */
async function filesOf(tx: Db, message: string, wanted: string[] | undefined, html: string | null) {
  const rows = await tx
    .selectFrom('attachments')
    .select(['id', 'file', 'name', 'type', 'size', 'mark', 'inline', 'content_id'])
    .where('message', '=', message)
    .where('seal', 'is', null)
    .orderBy('position')
    .execute()
  const known = new Set(rows.map(({ id }) => id))
  const strange = (wanted ?? []).findIndex((id) => !known.has(id))
  if (strange >= 0) refuseField(`files.${strange}`, 'unknown')
  return rows.flatMap(({ id, size, inline, content_id: contentId, ...row }) => {
    const between = inline && contentId !== null && (html?.includes(`cid:${contentId}`) ?? false)
    if (!between && wanted && !wanted.includes(id)) return []
    return [{ ...row, size: Number(size), contentId: between ? contentId : null, inline: between }]
  })
}

/** The raw mail as it came. */
async function asFile(tx: Db, { ledger, subject }: Original) {
  const row = ledger
    ? await tx
        .selectFrom('ledger')
        .select(['sha256', 'size'])
        .where('id', '=', ledger)
        .where('erased_at', 'is', null)
        .where('seal', 'is', null)
        .executeTakeFirst()
    : undefined
  if (!row) return refuseField('asAttachment', 'not_allowed')
  const name = `${
    (subject ?? '')
      .replace(/[^\p{L}\p{N} ._-]+/gu, ' ')
      .trim()
      .slice(0, 80) || 'message'
  }.eml`
  return {
    file: row.sha256,
    name,
    type: 'message/rfc822',
    size: Number(row.size),
    contentId: null,
    inline: false,
    mark: null,
  }
}
