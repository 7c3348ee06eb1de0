// One IMAP mailbox, taken up from where it was left, for as long as the desk runs: connect, catch up, wait for news,
// and again after every break. The position moves in the transaction that keeps the mails, so nothing is passed over;
// two that fetch the same mailbox are harmless, because a UID is kept once. The folder of sent mail is watched in the same
// way, on a connection of its own, while a team still answers from its old mail program.
import { setTimeout as wait } from 'node:timers/promises'
import type { ImapFlow } from 'imapflow'
import type { Connection } from '#channels/channel.ts'
import { type FetchedMail, fetchMails, nothingWithheld, type Withheld } from '#channels/email/fetch-mails.ts'
import {
  findSentFolder,
  imapFailure,
  imapSettings,
  imapTrouble,
  openFolder,
  openImap,
  uidsAfter,
} from '#channels/email/imap.ts'
import { maxMailSize } from '#channels/email/smtp-door.ts'
import * as connections from '#features/connections/connections.ts'
import * as ledger from '#features/ledger/ledger.ts'
import { after, days } from '#platform/clock/clock.ts'
import type { House } from '#platform/house.ts'
import { fromMailbox, type Look, modeOf, type Side } from './from-mailbox.ts'
import type { AtTheDoor, Receiver } from './receiver.ts'
import { turnAwayTooLarge } from './too-large.ts'

/** Pauses between tries to connect; milliseconds. */
const firstPause = 1000
const longestPause = 60_000
/** Without IDLE, and as a look that misses nothing; milliseconds. */
const poll = 60_000

export interface Mailbox {
  close(): Promise<void>
}

/** @param side which of the account's folders */
export function watchMailbox(
  house: House,
  receiver: Receiver,
  given: Connection,
  side: Side = 'inbox',
): Mailbox {
  const connection = side === 'sent' ? fromWatchedOn(given) : given
  const stopping = new AbortController()
  const { signal } = stopping
  let client: ImapFlow | undefined
  const withheld = nothingWithheld()
  async function session(): Promise<void> {
    const accessToken = await connections.accessToken(house, connection)
    client = await openImap({ ...imapSettings(connection)!, accessToken })
    try {
      await client.connect()
      const folder = side === 'sent' ? await findSentFolder(client) : 'INBOX'
      if (side === 'sent')
        await connections.noteSentFolder(house.db, connection.id, folder !== null, house.clock.now())
      if (!folder) throw new Error('No folder of sent mail was found')
      const box = { folder, side }
      let news = Promise.withResolvers<void>()
      client.on('exists', () => news.resolve())
      client.on('close', () => news.resolve())
      while (!signal.aborted && client.usable) {
        await catchUp(house, receiver, connection, client, withheld, box)
        if (side === 'inbox')
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
        // The channel's health speaks of what comes in; a folder of sent mail that is not there stops nothing.
        if (side === 'inbox') await noteTrouble(house, connection, error)
        else house.log.warn('sent folder', { channel: connection.id, error })
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

/** Which folder of the account, and what it is. */
interface Box {
  folder: string
  side: Side
}

/** What was sent before anybody wanted it watched is no news. */
const fromWatchedOn = (connection: Connection): Connection => {
  const { sentSince, connectedAt } = connection.settings
  return { ...connection, settings: { ...connection.settings, connectedAt: sentSince ?? connectedAt } }
}

async function noteTrouble(house: House, { id, settings }: Connection, error: unknown): Promise<void> {
  house.log.warn('mailbox', { channel: id, error })
  const byToken = Boolean(settings.oauth)
  const trouble = { words: imapTrouble(error), hint: imapFailure(error, byToken).hint }
  const { authenticationFailed } = error as { authenticationFailed?: boolean }
  if (byToken && authenticationFailed) await connections.dropAccess(house.db, id).catch(() => {})
  await connections.noteReceiving(house.db, id, trouble, house.clock.now()).catch(() => {})
}

/** Takes everything that is new. */
async function catchUp(
  house: House,
  receiver: Receiver,
  connection: Connection,
  client: ImapFlow,
  withheld: Withheld,
  box: Box,
): Promise<void> {
  const { folder } = box
  // Asked before the mailbox is opened: another process may take mails meanwhile, and that is no renumbering.
  const known = await connections.imapPosition(house.db, connection.id, folder)
  const { uidValidity: told, uidNext } = await openFolder(client, folder)
  const uidValidity = numbering(known, told, uidNext)
  const start = startOf(known, uidValidity, uidNext, connection)
  const uids = await uidsAfter(client, start.after, start.since)
  for await (const mails of fetchMails(client, uids, maxMailSize, withheld))
    await takeBatch(house, receiver, connection, { uidValidity, mails, start: start.kind, box })
  const lastUid = Math.max(start.after, (uidNext ?? 1) - 1, ...uids.slice(-1))
  await connections.moveImapPosition(house.db, connection.id, folder, {
    uidValidity,
    lastUid,
    takenAt: house.clock.now(),
  })
}

/**
 * The name of the server's numbering: its UIDVALIDITY. Some begin anew under the one they had (a mailbox removed and
 * made again within a second, a store put back from a backup); then new mails would come under names that are taken,
 * so the numbering gets a name of its own.
 */
function numbering(known: connections.ImapPosition | null, told: string, uidNext: number | null): string {
  const [same, again = '0'] = known?.uidValidity.split('~') ?? []
  if (!known || same !== told) return told
  return uidNext === null || uidNext > known.lastUid ? known.uidValidity : `${told}~${Number(again) + 1}`
}

interface Start {
  kind: Look
  after: number
  since?: Date
}
/** Where to go on: after the last UID; after a renumbering by date, and what is known already is recognised. */
function startOf(
  known: connections.ImapPosition | null,
  uidValidity: string,
  uidNext: number | null,
  { settings }: Connection,
): Start {
  if (known?.uidValidity === uidValidity) return { kind: 'goingOn', after: known.lastUid }
  if (known) return { kind: 'renumbered', after: 0, since: after(known.takenAt, -days(2)) }
  const since = String(settings.since ?? 'now')
  if (since === 'all') return { kind: 'first', after: 0 }
  if (since !== 'now') return { kind: 'first', after: 0, since: new Date(since) }
  // "Now" is when it was connected, not when the server could first be reached: what came in between is new.
  return settings.connectedAt
    ? { kind: 'first', after: 0, since: after(new Date(String(settings.connectedAt)), -days(1)) }
    : { kind: 'first', after: (uidNext ?? 1) - 1 }
}

interface Batch {
  uidValidity: string
  mails: FetchedMail[]
  start: Look
  box: Box
}

async function takeBatch(
  house: House,
  receiver: Receiver,
  connection: Connection,
  { uidValidity, mails, start, box }: Batch,
): Promise<void> {
  const { folder, side } = box
  const messages: AtTheDoor[] = []
  for (const mail of mails) {
    const { uid, raw, size, head } = mail
    const sourceKey = `${folder}:${uidValidity}:${uid}`
    const mode = modeOf(mail, start, connection)
    if (mode === null) continue
    if (mail.withheld || (!raw && side === 'sent'))
      await ledger.turnAway(house.db, {
        door: 'imap',
        channel: connection.id,
        inbox: connection.inbox,
        sourceKey,
        sha256: new Uint8Array(32),
        size,
        envelopeFrom: null,
        envelopeTo: [],
        reason: mail.withheld ? 'withheld' : 'too_big',
        at: house.clock.now(),
      })
    else if (!raw)
      await turnAwayTooLarge(house, {
        door: 'imap',
        channel: connection.id,
        inbox: connection.inbox,
        sourceKey,
        sha256: new Uint8Array(32),
        size,
        head,
        envelopeFrom: null,
      })
    else messages.push(await fromMailbox(house.db, connection, { raw, sourceKey, side, mode }))
  }
  const position = { uidValidity, lastUid: mails.at(-1)!.uid, takenAt: house.clock.now() }
  await receiver.receiveTogether(messages, (tx) =>
    connections.moveImapPosition(tx, connection.id, folder, position),
  )
}
