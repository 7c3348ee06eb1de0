// Whatever happens to a conversation, in whatever order: the holder follows from its state, exactly one hand-off
// stays open unless it is closed, the intervals join without gap or overlap, and its events tell the whole story.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inTransaction } from '#platform/db/db.ts'
import { Refusal } from '#platform/errors/refuse.ts'
import { smallHouse } from '#test/small-house.ts'
import { assign } from './assign.ts'
import { changeMany, undoMany } from './bulk.ts'
import { type ConversationRow, changeLocked, holderOf, lock } from './change.ts'
import { close, reopen } from './close.ts'
import { edit } from './edit.ts'
import { handToTeam } from './hand-to-team.ts'
import { lockOld } from './lock-old.ts'
import { markSpam, unmarkSpam } from './mark-spam.ts'
import { makeCustomer } from './participants.ts'
import { prioritise } from './prioritise.ts'
import { setStatus } from './set-status.ts'
import { snooze, wake, wakeDue } from './snooze.ts'
import { tag, untag } from './tag.ts'
import { restore, trash } from './trash.ts'

const desk = await smallHouse()
const agents = [await desk.agent('Anna'), await desk.agent('Boris')]
const teams = [await desk.team('Support', ...agents), await desk.team('Accounts', agents[1]!)]
const inbox = await desk.inbox('Shop', teams[0]!)
const customers = [await desk.customer('Carla'), await desk.customer('Dora')]
const day = 24 * 3600_000

type Tx = Parameters<typeof lock>[0]
const asking = { kind: 'consult_asked', always: true, shown: false }
type Step = { name: string; run(tx: Tx, row: ConversationRow, at: Date): Promise<unknown> }
const by = (at: Date) => ({ agent: agents[0]!, actor: { kind: 'agent' as const, id: agents[0]! }, at })
const step = (name: string, run: Step['run']): Step => ({ name, run })
const among = <T>(values: readonly T[]) => fc.constantFrom(...values)

const steps: fc.Arbitrary<Step> = fc.oneof(
  among([...agents, null]).map((agent) =>
    step(`assign ${agent}`, (tx, row, at) => assign(tx, row, agent, by(at))),
  ),
  among([...teams, null]).map((team) =>
    step(`team ${team}`, (tx, row, at) => handToTeam(tx, row, team, by(at))),
  ),
  fc
    .tuple(among(['new', 'open', 'pending', 'on_hold', 'solved'] as const), among([null, 'Own']))
    .map(([category, name]) =>
      step(`status ${category} ${name}`, (tx, row, at) => setStatus(tx, row, { category, name }, by(at))),
    ),
  among(['low', 'urgent'] as const).map((priority) =>
    step(`priority ${priority}`, (tx, row, at) => prioritise(tx, row, priority, by(at))),
  ),
  among([
    step('snooze', (tx, row, at) => snooze(tx, row, new Date(at.getTime() + day), by(at))),
    step('wake', (tx, row, at) => wake(tx, row, by(at))),
    step('wake what is due', (tx, _, at) => wakeDue(tx)(new Date(at.getTime() + day))),
    step('close', (tx, row, at) => close(tx, row, by(at))),
    step('reopen', (tx, row, at) => reopen(tx, row, by(at))),
    step('spam', (tx, row, at) => markSpam(tx, row, by(at))),
    step('no spam', (tx, row, at) => unmarkSpam(tx, row, by(at))),
    step('trash', (tx, row, at) => trash(tx, row, by(at))),
    step('restore', (tx, row, at) => restore(tx, row, by(at))),
    step('tag', (tx, row, at) => tag(tx, row, 'lamp', by(at))),
    step('untag', (tx, row, at) => untag(tx, row, 'lamp', by(at))),
    step('edit', (tx, row, at) =>
      edit(tx, row, { subject: 'Other', topic: 'Returns', fields: { order: '1', at: at.getTime() } }, by(at)),
    ),
    step('a team is asked', (tx, row, at) =>
      changeLocked(tx, row, { ...asking, ...by(at), set: { asked_kind: 'team', asked_id: teams[1]! } }),
    ),
    step('it has answered', (tx, row, at) =>
      changeLocked(tx, row, { ...asking, ...by(at), set: { asked_kind: null, asked_id: null } }),
    ),
    step('bulk and undo', async (tx, row, at) => {
      const what = { status: 'solved', assignee: agents[1]!, addTags: ['x'], trash: true }
      const { id } = await changeMany(tx, { numbers: [Number(row.id)], do: what }, by(at))
      await undoMany(tx, id, by(at))
    }),
  ]),
  among(customers).map((customer) =>
    step(`customer ${customer}`, (tx, row, at) =>
      makeCustomer(tx, row, { customer, address: '', name: null }, by(at)),
    ),
  ),
  fc.constant(step('the customer writes', async () => {})),
  fc.constant(step('a month later', async () => {})),
)

async function run(id: string, { name, run: work }: Step): Promise<void> {
  desk.clock.set(new Date(desk.clock.now().getTime() + 1000))
  if (name === 'the customer writes') await desk.message(Number(id))
  else if (name === 'a month later') await lockOld(desk.db)(new Date(desk.clock.now().getTime() + 30 * day))
  else
    await inTransaction(desk.db, async (tx) => work(tx, await lock(tx, id), desk.clock.now())).catch(
      (error) => {
        // A locked conversation refuses; that is no inconsistency.
        if (!(error instanceof Refusal)) throw error
      },
    )
}

const comparable = (value: unknown) => (value === undefined ? null : JSON.parse(JSON.stringify(value)))

async function check(id: string, beginning: ConversationRow): Promise<void> {
  const row = await desk.db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const holder = holderOf(row)
  assert.deepEqual([row.holder_kind, row.holder_id], [holder.kind, holder.id])
  await checkHandoffs(row)
  const events = await desk.db
    .selectFrom('events')
    .selectAll()
    .where('conversation', '=', id)
    .orderBy('id')
    .execute()
  const told: Record<string, unknown> = { ...beginning }
  for (const { before, after, kind } of events.slice(1))
    for (const [field, value] of Object.entries(after)) {
      if (!(field in row) || kind === 'message_received') continue
      assert.deepEqual(comparable(told[field]), before[field], `${kind}: ${field} was`)
      told[field] = value
    }
  for (const field of [
    'category',
    'status_name',
    'assignee',
    'team',
    'customer',
    'priority',
    'subject',
    'topic',
    'snoozed_until',
    'waiting_since',
    'spam_at',
    'trashed_at',
    'closed_at',
    'locked_at',
    'holder_kind',
    'holder_id',
    'fields',
  ] as const)
    assert.deepEqual(comparable(told[field]), comparable(row[field]), field)
  const positions = events.flatMap(({ position }) => position ?? [])
  assert.equal(new Set(positions).size, positions.length)
}

async function checkHandoffs(row: ConversationRow): Promise<void> {
  const handoffs = await desk.db
    .selectFrom('handoffs')
    .selectAll()
    .where('conversation', '=', row.id)
    .orderBy('id')
    .execute()
  const open = handoffs.filter(({ ended_at }) => ended_at === null)
  assert.equal(open.length, row.closed_at ? 0 : 1)
  if (open[0]) {
    assert.equal(open[0], handoffs.at(-1))
    assert.deepEqual([open[0].holder_kind, open[0].holder_id], [row.holder_kind, row.holder_id])
    assert.deepEqual(open[0].began_at, row.holder_since)
  }
  for (const [at, { ended_at }] of handoffs.slice(0, -1).entries())
    assert.ok(ended_at! <= handoffs[at + 1]!.began_at, 'no two hold it at once')
}

test('holder, hand-offs and events agree after anything', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 12 }), async (sequence) => {
      const id = String(await desk.conversation(inbox, customers[0]!))
      // The first message came before anybody looked: the story begins after it.
      const beginning = await inTransaction(desk.db, (tx) => lock(tx, id))
      await desk.db
        .deleteFrom('events')
        .where('conversation', '=', id)
        .where('kind', '<>', 'conversation_started')
        .execute()
      for (const one of sequence) await run(id, one)
      await check(id, beginning)
    }),
    { numRuns: 40 },
  )
})
