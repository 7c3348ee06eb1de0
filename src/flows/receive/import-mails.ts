// Mails from files, through the normal way in. Several at a time, but those of one thread one after the other, so that
// they stand in the conversation as they stood in the box. The same mails again are arrivals of their own, each counted
// at the door and a row `ignored(duplicate)` that names the first: the log tells what was done, and nothing else grows.
import { createHash } from 'node:crypto'
import { type FoundMail, findMails } from '#channels/email/import/find-mails.ts'
import { maxMailSize } from '#channels/email/smtp-door.ts'
import * as ledger from '#features/ledger/ledger.ts'
import type { House } from '#platform/house.ts'
import type { Receiver } from './receiver.ts'

export interface Imported {
  source: string
  outcome: string
  reason: string | null
  conversation: number | null
  message: string | null
}
export interface ImportOptions {
  paths: string[]
  inbox: string
  mode: 'live' | 'history'
  /** mails under way at the same time */
  width?: number
}

/** @returns one line per mail, in order, each when its outcome is known */
export async function* importMails(
  house: House,
  receiver: Receiver,
  { paths, inbox, mode, width = 8 }: ImportOptions,
): AsyncGenerator<Imported> {
  const underWay: { ids: string[]; done: Promise<Imported> }[] = []
  for await (const mail of findMails(paths, maxMailSize)) {
    const ids = idsIn(mail)
    const before = underWay.filter((one) => one.ids.some((id) => ids.includes(id)))
    const done = Promise.allSettled(before.map((one) => one.done)).then(() =>
      importOne(house, receiver, mail, inbox, mode),
    )
    underWay.push({ ids, done })
    if (underWay.length >= width) yield await underWay.shift()!.done
  }
  for (const { done } of underWay) yield await done
}

async function importOne(
  house: House,
  receiver: Receiver,
  { source, raw, size }: FoundMail,
  inbox: string,
  mode: 'live' | 'history',
): Promise<Imported> {
  if (!raw) {
    const empty = {
      channel: null,
      sha256: createHash('sha256').digest(),
      envelopeFrom: null,
      envelopeTo: [],
    }
    await ledger.turnAway(house.db, {
      ...empty,
      door: 'import',
      inbox,
      size,
      reason: 'too_big',
      at: house.clock.now(),
    })
    return { source, outcome: 'refused', reason: 'too_big', conversation: null, message: null }
  }
  const envelope = {
    channel: null,
    kind: null,
    sourceKey: null,
    envelopeFrom: null,
    envelopeTo: [],
    remote: null,
  }
  const [receipt] = await receiver.receive({
    ...envelope,
    door: 'import',
    inboxes: [inbox],
    raw,
    mode,
    wait: true,
  })
  const settled = await receipt!.settled
  return {
    source,
    outcome: settled?.outcome ?? 'waiting',
    reason: settled?.reason ?? null,
    conversation: settled?.conversation ? Number(settled.conversation) : null,
    message: settled?.item ?? null,
  }
}

/** Its Message-ID and those it refers to: two mails that share one belong together. */
function idsIn({ raw }: FoundMail): string[] {
  const head = raw?.toString('latin1', 0, 64 * 1024).split(/\r?\n\r?\n/, 1)[0] ?? ''
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const telling = lines.filter((line) => /^(message-id|in-reply-to|references):/i.test(line))
  return telling.flatMap((line) => line.match(/<[^<>\s]+>/g) ?? [])
}
