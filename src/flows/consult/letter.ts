// A mail that asks somebody inside: the question, what the customer wrote, and a way to answer. No address of the
// customer stands in any of its headers.
import { consultLink } from '#channels/email/tokens.ts'
import type { Include } from '#features/consults/consults.contract.ts'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { text as say } from '#platform/texts/texts.ts'
import { escapeHtml, textToHtml } from '#shared/text/text-to-html.ts'
import { history } from '../sending/history.ts'

export interface Question {
  conversation: string
  asker: string
  text: string
  html: string | null
  include: Include
  answerBy: Date
  kind: 'question' | 'nudge'
  /** the mail's id; null: a preview */
  mail: string | null
  language: string
  timeZone: string
  /** only what stands before this position goes along; without it all there is */
  before?: number
  /** where the question was asked, where that was merged since */
  home?: string | null
}
export interface Letter {
  subject: string
  text: string
  html: string
}

export async function writeLetter(house: House, db: Db, asked: Question): Promise<Letter> {
  const { conversation, asker, language, timeZone, answerBy, kind, mail } = asked
  const tell = (key: string, params: Record<string, unknown> = {}) =>
    say(language, `consult:mail.${key}`, params)
  const { subject } = await db
    .selectFrom('conversations')
    .select('subject')
    .where('id', '=', asked.home ?? conversation)
    .executeTakeFirstOrThrow()
  const past = await pastOf(db, asked)
  const link = mail ? `${house.url}/answers/${consultLink(house.secrets, mail)}` : tell('linkHere')
  const by = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    answerBy,
  )
  const head = tell(kind === 'nudge' ? 'reminds' : 'asks', { asker })
  const foot = [tell('answerBy', { by, zone: timeZone }), tell('link')]
  const text = [
    tell('above'),
    head,
    asked.text,
    [...foot, link].join('\n'),
    past.last.text && `${tell('last')}\n${past.last.text}`,
    past.earlier.text && `${tell('earlier')}\n${past.earlier.text}`,
  ]
  const html = [
    `<p style="color:#666">${escapeHtml(tell('above'))}</p>`,
    `<p>${escapeHtml(head)}</p>`,
    asked.html ?? textToHtml(asked.text),
    `<p>${escapeHtml(foot[0]!)}<br>\n<a href="${escapeHtml(link)}">${escapeHtml(foot[1]!)}</a></p>`,
    past.last.html && `<hr>\n<p>${escapeHtml(tell('last'))}</p>\n${past.last.html}`,
    past.earlier.html &&
      `<details>\n<summary>${escapeHtml(tell('earlier'))}</summary>\n${past.earlier.html}\n</details>`,
  ]
  const mark = mail ? ` id="foyer-q-${consultLink(house.secrets, mail)}"` : ''
  return {
    subject: `[Internal] ${subject}`.trim(),
    text: text.filter(Boolean).join('\n\n'),
    html: `<div dir="auto"${mark}>\n${html.filter(Boolean).join('\n')}\n</div>`,
  }
}

type Past = Pick<Question, 'conversation' | 'include' | 'language' | 'timeZone' | 'before' | 'home'>

/** The customer's last message, and what came before it. */
export async function pastOf(db: Db, asked: Past) {
  const { conversation, include, language, timeZone, before = 2 ** 31 - 1, home = null } = asked
  const nothing = { text: '', html: '' }
  const wanted = { conversation, before, language, timeZone, home }
  const last = include.message === false ? nothing : await history(db, { ...wanted, quote: 'last' })
  const all = include.thread === false ? nothing : await history(db, { ...wanted, quote: 'all' })
  const without = (whole: string, part: string) => (part ? whole.replace(part, () => '') : whole).trim()
  return {
    last,
    earlier: { text: without(all.text, last.text), html: without(all.html, last.html) },
  }
}

/** The lines above which answers are written, in every language a mail may have been sent in. */
export const aboveLines = (languages: readonly string[]) =>
  languages.map((language) => say(language, 'consult:mail.above'))

/** The domain of an inbox's address: what its Message-IDs end with. */
export async function domainOf(tx: Db, inbox: string): Promise<string> {
  const { address } = await tx
    .selectFrom('inboxes')
    .select('address')
    .where('id', '=', inbox)
    .executeTakeFirstOrThrow()
  return address.split('@').at(-1) ?? 'localhost'
}
