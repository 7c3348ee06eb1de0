import { after, seconds } from '#platform/clock/clock.ts'
import { type Db, json } from '#platform/db/db.ts'
import { Refusal, refuse } from '#platform/errors/refuse.ts'
import { safeHtml } from '#platform/html/safe-html.ts'
import { shownLoose } from '../attachments/attachments.ts'
import type { DraftInput } from './drafts.contract.ts'
import { joinedHtml } from './joined-html.ts'
import type { DraftKind } from './kind.ts'
import { tell } from './tell.ts'

/** Saved a second after the last key: told at the beginning, then at most this often. */
const quiet = seconds(10)

/** Keeps what an agent has written so far; the last save wins. */
export async function save(
  tx: Db,
  conversation: string,
  agent: string,
  kind: DraftKind,
  input: DraftInput,
  at: Date,
): Promise<void> {
  await checkUploads(tx, input.attachments ?? [], agent)
  const key = { conversation, agent, kind }
  const known = await tx
    .selectFrom('drafts')
    .select(['updated_at', 'stopped_at'])
    .where((on) => on.and(key))
    .forUpdate()
    .executeTakeFirst()
  // Written on another device, or a colleague's pen came meanwhile: neither text may go.
  if (known && input.known && known.updated_at.getTime() !== Date.parse(input.known)) refuse('draft_changed')
  const values = {
    text: input.text,
    html: input.html ? safeHtml(input.html) : null,
    recipients: input.to ? json(input.to) : null,
    copies: input.cc ? json(input.cc) : null,
    blind_copies: input.bcc ? json(input.bcc) : null,
    attachments: input.attachments ?? [],
    last_seen: input.lastSeen ?? null,
    after_sending: input.then ? json(input.then) : null,
    stopped_at: input.stopped ? (known?.stopped_at ?? at) : null,
    updated_at: at,
  }
  await tx
    .insertInto('drafts')
    .values({ ...key, ...values, begun_at: at })
    .onConflict((there) => there.columns(['conversation', 'agent', 'kind']).doUpdateSet(values))
    .execute()
  const stopChanged = (known?.stopped_at ?? null) === null && input.stopped === true
  if (!known || stopChanged || known.updated_at <= after(at, -quiet))
    await tell(tx, 'draft_saved', key, { agent, at })
}

async function checkUploads(db: Db, ids: string[], agent: string): Promise<void> {
  const known = new Set((await shownLoose(db, ids, agent)).map(({ id }) => id))
  const errors = ids.flatMap((id, at) =>
    known.has(id) ? [] : [{ field: `attachments.${at}`, code: 'unknown' }],
  )
  if (errors.length > 0) throw new Refusal('invalid', { errors })
}

/** Words that could not be sent wait as a reply draft, below what is there; whoever opens it decides. */
export async function saveBelow(
  tx: Db,
  conversation: string,
  agent: string,
  words: { text: string; attachments: string[]; lastSeen: string },
  at: Date,
): Promise<void> {
  const there = await tx
    .selectFrom('drafts')
    .select(['text', 'html', 'attachments'])
    .where('conversation', '=', conversation)
    .where('agent', '=', agent)
    .where('kind', '=', 'reply')
    .forUpdate()
    .executeTakeFirst()
  const text = [there?.text.trimEnd(), words.text].filter((part) => part).join('\n\n')
  const html = there ? joinedHtml(there, { text: words.text, html: null }) : null
  const attachments = [...(there?.attachments ?? []), ...words.attachments]
  const draft = { text, ...(html ? { html } : {}), attachments, lastSeen: words.lastSeen, stopped: true }
  await save(tx, conversation, agent, 'reply', draft, at)
}
