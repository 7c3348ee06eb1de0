// The fault harness: mails come in and go out while processes are killed, PostgreSQL is stopped and the network cuts
// and delays; then the weather clears, everything that is due is let happen, and the account is drawn up. Lost,
// doubled (outside the sends on record as `uncertain`) and half-made must be 0.
//
// The seed decides what happens and in what order; at which instruction a kill arrives is up to the machine.
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Chance, chance } from '#app/demo/random.ts'
import { noDovecot, startDovecot } from '../dovecot.ts'
import { startImapServer } from '../imap-server.ts'
import { type Account, readFacts, settleAccount } from './account.ts'
import { type DeskInDanger, openDeskInDanger } from './desk-in-danger.ts'
import { startProxy } from './proxy.ts'
import { startSink } from './sink.ts'
import { handOver, makeMails, type Promised, reply, stubbornly } from './traffic.ts'

export interface StormOptions {
  seed: number
  mails: number
  kills: number
  /** ms between two kills, from and to */
  pace?: [number, number]
  /** share of connections that something happens to */
  harm?: number
  workers?: number
  /** the positive control: guards are taken out, and the account must show it */
  control?: boolean
  say?(line: string): void
}
export interface StormReport extends Account {
  seed: number
  mails: number
  replies: number
  kills: number
  killed: Record<string, number>
  cuts: Record<string, number>
  imap: string
  /** copies of replies that reached the customers' server */
  copies: number
  failedReplies: number
  surprises: string[]
  seconds: number
}

export async function storm(options: StormOptions): Promise<StormReport> {
  const { seed, mails: count, kills, pace = [600, 2600], harm = 0.3, workers = 2, control = false } = options
  const say = options.say ?? (() => {})
  const began = performance.now()
  const run = `s${seed}`
  const dice = (n: number): Chance => chance(seed * 1000 + n)
  const imap = await (noDovecot ? startImapServer() : startDovecot())
  if (noDovecot) say(`no real IMAP server: ${noDovecot}; the tests' own stands in for it`)
  const sink = await startSink()
  const desk = await openDeskInDanger(dice(1), { workers })
  const proxies = {
    in: await startProxy({
      chance: dice(2),
      target: () => desk.smtpPort,
      harm: control ? 0.7 : harm,
      smtp: true,
      hasty: control ? 0.3 : 0,
    }),
    out: await startProxy({ chance: dice(3), target: () => sink.port, harm, smtp: true, reach: 3000 }),
    imap: await startProxy({ chance: dice(4), target: () => imap.port, harm: harm / 2, reach: 60_000 }),
  }
  try {
    await desk.begin()
    await connect(desk, proxies.imap.port, imap.password, proxies.out.port)
    if (control) await removeGuards(desk)
    say(`${count} mails, ${kills} kills, seed ${seed}`)
    const promised: Promised = { mails: [], replies: [] }
    const stop = new AbortController()
    const mails = makeMails(dice(5), count, run)
    const expected = kills * ((pace[0] + pace[1]) / 2)
    const traffic = trafficOf({
      desk,
      mails,
      run,
      expected,
      promised,
      stop,
      dice,
      smtp: proxies.in.port,
      imap,
    })
    const weather = killing(desk, dice(6), kills, pace, say)
    await weather
    traffic.hurry()
    // The control's network stays as bad as it is: what it does must not hang on how early the kills were over.
    if (control) await traffic.sent
    for (const proxy of Object.values(proxies)) proxy.calm()
    await traffic.sent
    stop.abort()
    await traffic.replied
    await clearUp(desk, say)
    const facts = await readFacts(desk.db, desk.data, sink.taken, run)
    const account = settleAccount(promised, facts)
    return {
      ...account,
      seed,
      mails: promised.mails.length,
      replies: promised.replies.length,
      kills: Object.values(desk.killed).reduce((sum, n) => sum + n, 0),
      killed: desk.killed,
      cuts: addUp(Object.values(proxies).map((proxy) => proxy.cuts)),
      imap: imap.name,
      copies: sink.taken.length,
      failedReplies: [...facts.sent.values()].filter(({ state }) => state === 'failed').length,
      surprises: desk.surprises,
      seconds: Math.round((performance.now() - began) / 1000),
    }
  } finally {
    await desk.close()
    await Promise.all([...Object.values(proxies).map((proxy) => proxy.close()), sink.close(), imap.stop()])
  }
}

/** The inbox gets its servers, both behind our network. */
async function connect(desk: DeskInDanger, imapPort: number, password: string, smtpPort: number) {
  const never = new AbortController().signal
  await stubbornly(desk, never, { method: 'PATCH', path: '/me', body: { settings: { undoSeconds: 0 } } })
  const inboxes = await stubbornly<{ items: { id: string }[] }>(desk, never, {
    method: 'GET',
    path: '/inboxes',
  })
  const server = { host: '127.0.0.1', security: 'none' }
  await stubbornly(desk, never, {
    method: 'POST',
    path: '/channels',
    key: 'channel',
    body: {
      kind: 'mail',
      inbox: inboxes!.items[0]!.id,
      since: 'now',
      imap: { ...server, port: imapPort, username: 'support', password },
      smtp: { ...server, port: smtpPort, username: null, password: null },
    },
  })
}

/**
 * The control: nothing is known again, no try without an answer is on record, some words lose their event; and the
 * network at the door says 250 before anything is kept (proxy.ts). None of these is a switch of Foyer's.
 */
async function removeGuards({ db }: DeskInDanger): Promise<void> {
  const never = (name: string, table: string, when = 'true') =>
    sql.raw(`
      create function control_${name}() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger control_${name} before insert on ${table} for each row when (${when}) execute function control_${name}()`)
  for (const removed of [
    never('known', 'fingerprints'),
    never('unsure', 'delivery_attempts', `new.state = 'uncertain'`),
    never('silent', 'events', `new.kind = 'message_received' and new.item % 10 = 3`),
  ])
    await removed.execute(db)
}

interface Traffic {
  desk: DeskInDanger
  mails: Promised['mails']
  run: string
  /** ms the kills will take: so long the traffic lasts at least */
  expected: number
  promised: Promised
  stop: AbortController
  dice(n: number): Chance
  smtp: number
  imap: { deliver(user: string, raw: string): void }
}
/** Mails by every way, spread over the storm, and replies to them. */
function trafficOf({ desk, mails, run, expected, promised, stop, dice, smtp, imap }: Traffic) {
  let pause = expected / mails.length
  const queue = mails.filter(({ by }) => by.includes('smtp'))
  const sender = async () => {
    for (let mail = queue.shift(); mail; mail = queue.shift()) {
      await handOver(smtp, mail, new AbortController().signal)
      promised.mails.push(mail)
      await wait(pause * 6)
    }
  }
  const mailbox = async () => {
    for (const mail of mails.filter(({ by }) => by.includes('imap'))) {
      imap.deliver('support', mail.raw.toString('latin1'))
      if (!mail.by.includes('smtp')) promised.mails.push(mail)
      await wait(pause)
    }
  }
  const most = Math.ceil(mails.length / 3)
  let n = 0
  const agent = async (own: Chance) => {
    while (n < most && !stop.signal.aborted) {
      n += 1
      const marker = await reply(desk, own, stop.signal, `reply${run}x${n}x`)
      if (marker) promised.replies.push(marker)
      await wait(pause * 3)
    }
  }
  return {
    /** The storm is over: what is left comes at once. */
    hurry() {
      pause = 0
    },
    sent: Promise.all([...Array.from({ length: 6 }, sender), mailbox()]),
    replied: Promise.all([agent(dice(7)), agent(dice(8))]),
  }
}

/** The bad weather itself: something is ended every moment, and time goes on by a minute or so. */
async function killing(
  desk: DeskInDanger,
  dice: Chance,
  kills: number,
  pace: [number, number],
  say: (line: string) => void,
) {
  for (let done = 0; done < kills; ) {
    await wait(dice.whole(...pace))
    await desk.goOn(dice.whole(20, 90) * 1000)
    desk.kill()
    done = Object.values(desk.killed).reduce((sum, n) => sum + n, 0)
    if (done % 20 === 0) say(`${done} kills`)
  }
}

/** The sun is out: what is due happens, until nothing is due for hours. */
async function clearUp(desk: DeskInDanger, say: (line: string) => void): Promise<void> {
  const deadline = performance.now() + 240_000
  // A healthy start takes over what the dead have left.
  let quiet = 0
  for (let turn = 0; quiet < 3; turn += 1) {
    await desk.goOn(5 * 60_000)
    await wait(400)
    const left = await unsettled(desk).catch(() => null)
    quiet = left && Object.keys(left).length === 0 ? quiet + 1 : 0
    if (turn % 25 === 24) say(`still due: ${JSON.stringify(left)}`)
    if (performance.now() > deadline) return say(`never at rest: ${JSON.stringify(left)}`)
  }
}
/** What is still under way, by name. */
async function unsettled({ db }: DeskInDanger): Promise<Record<string, number>> {
  const { rows } = await sql<{ what: string; n: string }>`
    select 'mails' as what, count(*) as n from ledger where outcome in ('waiting', 'failed')
    union all select 'replies', count(*) from deliveries where state in ('queued', 'sending', 'uncertain', 'held')
    union all select 'events', count(*) from events where seq is null
    union all select 'followers', count(*) from stream_positions where seq < (select max(seq) from events)`.execute(
    db,
  )
  return Object.fromEntries(rows.map(({ what, n }) => [what, Number(n)] as const).filter(([, n]) => n > 0))
}

function addUp(all: Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const one of all) for (const [key, n] of Object.entries(one)) sum[key] = (sum[key] ?? 0) + n
  return sum
}

/** The report as it is printed. */
export function tell(report: StormReport): string {
  const { seed, mails, replies, kills, seconds, imap, copies, recorded, failedReplies } = report
  const named = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([what, n]) => `${n} × ${what}`)
      .join(', ')
  const list = (what: string, all: string[]) =>
    [`${what}: ${all.length}`, ...all.slice(0, 20).map((one) => `  ${one}`)].join('\n')
  return [
    `seed ${seed}: ${mails} mails and ${replies} replies promised, ${kills} kills, ${seconds} s, IMAP: ${imap}`,
    `killed: ${named(report.killed)}`,
    `network: ${named(report.cuts)}`,
    `sent: ${copies} copies at the customers' server; ${recorded} twice, as recorded; ${failedReplies} failed as unknown`,
    list('lost', report.lost),
    list('doubled', report.doubled),
    list('half-made', report.halfMade),
    ...report.surprises.map((one) => `surprise: ${one}`),
  ].join('\n')
}
