// One IMAP mailbox, taken up from where it was left, for as long as the desk runs: connect, catch up, wait for news,
// and again after every break. The position moves in the transaction that keeps the mails, so nothing is passed over;
// two that fetch the same mailbox are harmless, because a UID is kept once.
import { setTimeout as wait } from 'node:timers/promises'
import type { ImapFlow } from 'imapflow'
import type { Connection } from '#channels/channel.ts'
import {
  type FetchedMail,
  fetchMails,
  imapFailure,
  imapSettings,
  imapTrouble,
  openImap,
  openInbox,
  uidsAfter,
} from '#channels/email/imap.ts'
import { maxMailSize } from '#channels/email/smtp-door.ts'
import * as connections from '#features/connections/connections.ts'
import * as ledger from '#features/ledger/ledger.ts'
import { after, days, hours } from '#platform/clock/clock.ts'
import type { House } from '#platform/house.ts'
import { inboxesNamedIn } from './inboxes-named-in.ts'
import type { AtTheDoor, Receiver } from './receiver.ts'

const folder = 'INBOX'
/** Pauses between tries to connect; milliseconds. */
const firstPause = 1000
const longestPause = 60_000
/** Without IDLE, and as a look that misses nothing; milliseconds. */
const poll = 60_000

export interface Mailbox {
  close(): Promise<void>
}

export function watchMailbox(house: House, receiver: Receiver, connection: Connection): Mailbox {
  const stopping = new AbortController()
  const { signal } = stopping
  let client: ImapFlow | undefined
  async function session(): Promise<void> {
    client = await openImap(imapSettings(connection)!)
    try {
      await client.connect()
      let news = Promise.withResolvers<void>()
      client.on('exists', () => news.resolve())
      client.on('close', () => news.resolve())
      while (!signal.aborted && client.usable) {
        await catchUp(house, receiver, connection, client)
        await connections.noteReceiving(house.db, connection.id, null, house.clock.now())
        // IDLE at once: of its own accord the library begins it after a quarter of a minute.
        void client.idle().catch(() => {})
        await Promise.race([news.promise, wait(poll, undefined, { signal }).catch(() => {})])
        news = Promise.withResolvers<void>()
      }
      if (!signal.aborted) throw new Error('The server closed the connection')
    } finally {
      client.close()
    }
  }
  const running = (async () => {
    let pause = firstPause
    while (!signal.aborted) {
      const began = performance.now()
      try {
        await session()
      } catch (error) {
        if (signal.aborted) break
        await noteTrouble(house, connection, error)
      }
      // A connection that held is worth a quick new one.
      pause = performance.now() - began > longestPause ? firstPause : Math.min(pause * 2, longestPause)
      await wait(pause, undefined, { signal }).catch(() => {})
    }
  })()
  return {
    async close() {
      stopping.abort()
      client?.close()
      await running
    },
  }
}

async function noteTrouble(house: House, { id }: Connection, error: unknown): Promise<void> {
  house.log.warn('mailbox', { channel: id, error })
  const trouble = { words: imapTrouble(error), hint: imapFailure(error).hint }
  await connections.noteReceiving(house.db, id, trouble, house.clock.now()).catch(() => {})
}

/** Takes everything that is new. */
export async function catchUp(
  house: House,
  receiver: Receiver,
  connection: Connection,
  client: ImapFlow,
): Promise<void> {
  const { uidValidity, uidNext } = await openInbox(client)
  const known = await connections.imapPosition(house.db, connection.id, folder)
  const start = startOf(known, uidValidity, uidNext, connection)
  const uids = await uidsAfter(client, start.after, start.since)
  for await (const mails of fetchMails(client, uids, maxMailSize))
    await takeBatch(house, receiver, connection, uidValidity, mails)
  const lastUid = Math.max(start.after, uidNext - 1, ...uids.slice(-1))
  await connections.moveImapPosition(house.db, connection.id, folder, {
    uidValidity,
    lastUid,
    takenAt: house.clock.now(),
  })
}

/** Where to go on: after the last UID; after a renumbering by date, and what is known already is recognised. */
function startOf(
  known: connections.ImapPosition | null,
  uidValidity: string,
  uidNext: number,
  { settings }: Connection,
): { after: number; since?: Date } {
  if (known?.uidValidity === uidValidity) return { after: known.lastUid }
  if (known) return { after: 0, since: after(known.takenAt, -days(2)) }
  const since = String(settings.since ?? 'now')
  if (since === 'now') return { after: uidNext - 1 }
  return since === 'all' ? { after: 0 } : { after: 0, since: new Date(since) }
}

async function takeBatch(
  house: House,
  receiver: Receiver,
  connection: Connection,
  uidValidity: string,
  mails: FetchedMail[],
): Promise<void> {
  const { settings } = connection
  const connectedAt = after(new Date(String(settings.connectedAt ?? 0)), -hours(1))
  const onlyNew = (settings.since ?? 'now') === 'now'
  const messages: AtTheDoor[] = []
  for (const { uid, raw, receivedAt, size } of mails) {
    const sourceKey = `${folder}:${uidValidity}:${uid}`
    const old = receivedAt < connectedAt
    if (old && onlyNew) continue
    if (!raw) await tooBig(house, connection, sourceKey, size)
    else
      messages.push({
        door: 'imap',
        channel: connection.id,
        kind: 'mail',
        inboxes: await inboxesNamedIn(house.db, raw, connection),
        sourceKey,
        raw,
        envelopeFrom: null,
        envelopeTo: [],
        mode: old ? 'history' : 'live',
        remote: settings.authServer ? { authServer: String(settings.authServer) } : null,
      })
  }
  const position = { uidValidity, lastUid: mails.at(-1)!.uid, takenAt: house.clock.now() }
  await receiver.receiveTogether(messages, (tx) =>
    connections.moveImapPosition(tx, connection.id, folder, position),
  )
}

async function tooBig(
  house: House,
  { id, inbox }: Connection,
  sourceKey: string,
  size: number,
): Promise<void> {
  const nothing = { sha256: Buffer.alloc(32), envelopeFrom: null, envelopeTo: [] }
  const refused = {
    ...nothing,
    door: 'imap' as const,
    channel: id,
    inbox,
    sourceKey,
    size,
    reason: 'too_big',
  }
  await ledger.turnAway(house.db, { ...refused, at: house.clock.now() })
}
