// A message as its reader will see it: from whom, to whom, under which subject, the words with signature and history.
import { markerOf } from '#channels/email/tokens.ts'
import { defaultSettings, type Settings } from '#features/agents/agents.contract.ts'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import type { House } from '#platform/house.ts'
import { languageOf } from '#platform/texts/texts.ts'
import { textToHtml } from '#shared/text/text-to-html.ts'
import { history } from './history.ts'
import type { Mailbox } from './recipients.ts'

/** Who signs, and for which conversation. */
export interface Desk {
  inbox: { address: string; name: string; signature: string | null; quote: 'none' | 'last' | 'all' }
  /** what stops a reply in this inbox */
  guard: 'off' | 'default' | 'all'
  senderName: 'agent' | 'first' | 'team'
  plusAddressing: boolean
  team: string | null
  agent: { name: string; signature: string | null; undoSeconds: number } | null
  language: string
  timeZone: string
}

export async function deskOf(db: Db, conversation: string, agent: string | null): Promise<Desk> {
  const row = await db
    .selectFrom('conversations as c')
    .innerJoin('inboxes as i', 'i.id', 'c.inbox')
    .innerJoin('customers as u', 'u.id', 'c.customer')
    .leftJoin('teams as t', 't.id', 'c.team')
    .leftJoin('agents as a', (join) => join.on('a.id', '=', agent))
    .select([
      'i.address',
      'i.name',
      'i.signature',
      'i.quote',
      'i.guard',
      'i.sender_name',
      'i.plus_addressing',
    ])
    .select(['t.name as team', 'a.name as agent', 'a.settings', 'u.time_zone'])
    .select((column) => column.fn.coalesce('c.language', 'u.language').as('language'))
    .select((column) =>
      column
        .selectFrom('messages as m')
        .select((words) => words.fn<string>('left', ['m.text', words.lit(500)]).as('words'))
        .whereRef('m.conversation', '=', 'c.id')
        .where('m.direction', '=', 'in')
        .orderBy('m.position', 'desc')
        .limit(1)
        .as('words'),
    )
    .where('c.id', '=', conversation)
    .modifyEnd(keepPlan)
    .executeTakeFirstOrThrow()
  return {
    inbox: { address: row.address, name: row.name, signature: row.signature, quote: row.quote },
    guard: row.guard,
    senderName: row.sender_name,
    plusAddressing: row.plus_addressing,
    team: row.team,
    agent: row.agent ? { name: row.agent, ...signing(row.settings) } : null,
    language: languageOf(row.language ?? (writesCyrillic(row.words ?? '') ? 'ru' : undefined)),
    timeZone: zone(row.time_zone),
  }
}

const signing = (settings: Partial<Settings> | null) => ({
  signature: settings?.signature ?? null,
  undoSeconds: settings?.undoSeconds ?? defaultSettings.undoSeconds,
})

/** How long what he sends can be taken back. */
export const undoSeconds = ({ agent }: Desk): number => agent?.undoSeconds ?? 0

/** While nobody has said which language the customer speaks, his own letters tell it well enough for a quote's head. */
const writesCyrillic = (words: string) =>
  (words.match(/\p{Script=Cyrillic}/gu)?.length ?? 0) > (words.match(/\p{Script=Latin}/gu)?.length ?? 0)

/** The address is always the inbox's; the name by its policy. */
export function senderOf({ inbox, senderName, team, agent }: Desk): Mailbox {
  const names = {
    agent: agent?.name,
    first: agent?.name.trim().split(/\s+/)[0],
    team: team ?? inbox.name,
  }
  return { name: names[senderName] ?? team ?? inbox.name, address: inbox.address }
}

/** `Re:` once, whatever stood there before and in whichever language. */
export function replySubject(subject: string): string {
  const prefix =
    /^\s*(?:(?:re|aw|sv|vs|antw|odp|ynt|rif|отв|ответ|на|回复|回覆|答复|返信)(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+/iu
  return `Re: ${subject.replace(prefix, '').trim()}`.trim()
}

export interface Letter {
  conversation: string
  /** where the message stands, or will stand */
  position: number
  text: string
  html: string | null
  quote: 'none' | 'last' | 'all'
}

/** Words, the signatures once, then the history asked for. */
export async function write(
  house: House,
  db: Db,
  desk: Desk,
  { conversation, position, text, html, quote }: Letter,
): Promise<{ text: string; html: string }> {
  const { language, timeZone } = desk
  const past = await history(db, { quote, conversation, before: position, language, timeZone })
  const signature = signatureFor(desk, text)
  const plain = [text, signature, past.text].filter(Boolean).join('\n\n')
  const rich = [
    html ?? textToHtml(text),
    signature && textToHtml(signature),
    past.html && `<br>\n<div id="${markerOf(house.secrets, conversation)}">\n${past.html}\n</div>`,
  ]
  return {
    text: plain,
    html: `<div dir="auto"${past.html ? '' : ` id="${markerOf(house.secrets, conversation)}"`}>\n${rich.filter(Boolean).join('\n')}\n</div>`,
  }
}

/** The agent's, then the inbox's; what the words end with already is not said twice. */
function signatureFor({ agent, inbox }: Desk, text: string): string {
  const said = bare(text)
  return [agent?.signature, inbox.signature]
    .flatMap((signature) => signature?.trim() || [])
    .filter((signature, i, all) => !said.includes(bare(signature)) && all.indexOf(signature) === i)
    .join('\n')
}
const bare = (text: string) => text.replace(/\s+/g, ' ').trim()

function zone(name: string | null): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name ?? 'UTC' }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
