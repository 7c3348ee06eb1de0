import { sql } from 'kysely'
import { type Sight, sightOf } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { factsOf, waitsNow, within } from './behind.ts'
import type { Counted, Numbers, NumbersQuery, Period } from './numbers.contract.ts'
import { type Periods, periodsOf } from './period.ts'

interface Counting {
  db: Db
  sight: Sight
  asked: NumbersQuery
  periods: Periods
}

/** Everything the page shows, as one agent may see it. */
export async function count(db: Db, agent: string, asked: NumbersQuery, now: Date): Promise<Numbers> {
  const counting = {
    db,
    sight: await sightOf(db, agent),
    asked,
    periods: await periodsOf(db, now, asked.zone),
  }
  const [began, answers, firsts, closings, waits] = await Promise.all([
    countNew(counting),
    countAnswers(counting),
    countFirstAnswers(counting),
    countClosings(counting),
    countWaiting(counting),
  ])
  const { zone, from } = counting.periods
  const period = asked.period ?? 'weeks'
  const of = (which: Period): Counted => ({
    from: from[which].toISOString(),
    new: began.reduce((sum, cell) => sum + Number(cell[which]), 0),
    answered: Number(answers.find((row) => row.agent === null)?.[which] ?? 0),
    firstAnswers: Number(firsts[`${which}_n`]),
    median: firsts[`${which}_median`],
    ninetieth: firsts[`${which}_ninetieth`],
  })
  return {
    at: now.toISOString(),
    zone,
    today: of('today'),
    weeks: of('weeks'),
    ...waits,
    hours: began
      .map((cell) => ({ weekday: cell.weekday, hour: cell.hour, new: Number(cell[period]) }))
      .filter((cell) => cell.new > 0),
    agents: await byAgent(db, answers, closings, period),
  }
}

type Both = Record<Period, string>

async function countNew({ db, sight, asked, periods: { zone, from } }: Counting) {
  const { rows } = await sql<Both & { weekday: number; hour: number }>`
    select extract(isodow from local)::int as weekday, extract(hour from local)::int as hour,
      count(*) as weeks, count(*) filter (where created_at >= ${from.today}) as today
    from (select c.created_at, c.created_at at time zone ${zone} as local from conversations c
      where c.created_at >= ${from.weeks} and ${within(sight, asked)}) began
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

/** By agent, and all together (agent null): two who answered in one conversation count once. */
async function countAnswers({ db, sight, asked, periods: { from } }: Counting) {
  const { rows } = await sql<Both & { agent: string | null }>`
    select a.agent, count(distinct a.conversation) as weeks,
      count(distinct a.conversation) filter (where a.at >= ${from.today}) as today
    from ${factsOf('answers', within(sight, asked))}
    where a.at >= ${from.weeks} group by grouping sets ((a.agent), ())`.execute(db)
  return rows
}

type Firsts = { today_n: string; weeks_n: string } & Record<
  `${Period}_${'median' | 'ninetieth'}`,
  number | null
>
/** How long customers waited for the first answer; a time that really was, none between two. */
async function countFirstAnswers({ db, sight, asked, periods: { from } }: Counting): Promise<Firsts> {
  const share = (part: number, since: Date) =>
    sql`percentile_disc(${sql.lit(part)}) within group (order by seconds) filter (where at >= ${since})`
  const { rows } = await sql<Firsts>`
    select count(*) as weeks_n, count(*) filter (where at >= ${from.today}) as today_n,
      ${share(0.5, from.weeks)} as weeks_median, ${share(0.9, from.weeks)} as weeks_ninetieth,
      ${share(0.5, from.today)} as today_median, ${share(0.9, from.today)} as today_ninetieth
    from (select a.at, extract(epoch from a.at - a.asked_at)::int as seconds
      from ${factsOf('first_answers', within(sight, asked))} where a.at >= ${from.weeks}) first`.execute(db)
  return rows[0]!
}

type Closings = Both & Record<`${Period}_reopened`, string> & { agent: string }
async function countClosings({ db, sight, asked, periods: { from } }: Counting) {
  const counted = (condition: ReturnType<typeof sql>) =>
    sql`count(distinct a.conversation) filter (where ${condition})`
  const { rows } = await sql<Closings>`
    select a.agent, count(distinct a.conversation) as weeks, ${counted(sql`a.at >= ${from.today}`)} as today,
      ${counted(sql`a.reopened_at is not null`)} as weeks_reopened,
      ${counted(sql`a.reopened_at is not null and a.at >= ${from.today}`)} as today_reopened
    from ${factsOf('closings', within(sight, asked))} where a.at >= ${from.weeks} group by a.agent`.execute(
    db,
  )
  return rows
}

async function countWaiting({ db, sight, asked }: Counting): Promise<Pick<Numbers, 'waiting' | 'oldest'>> {
  const { rows } = await sql<{ n: string; id: string | null; since: Date | null }>`
    select count(*) as n, (array_agg(c.id order by c.waiting_since, c.id))[1] as id,
      min(c.waiting_since) as since
    from conversations c where ${waitsNow} and ${within(sight, asked)}`.execute(db)
  const { n, id, since } = rows[0]!
  return {
    waiting: Number(n),
    oldest: id && since ? { number: Number(id), since: since.toISOString() } : null,
  }
}

async function byAgent(
  db: Db,
  answers: (Both & { agent: string | null })[],
  closings: Closings[],
  period: Period,
): Promise<Numbers['agents']> {
  const names = await db.selectFrom('agents').select(['id', 'name']).orderBy('name').execute()
  return names
    .map((agent) => {
      const closed = closings.find((row) => row.agent === agent.id)
      return {
        agent,
        answered: Number(answers.find((row) => row.agent === agent.id)?.[period] ?? 0),
        closed: Number(closed?.[period] ?? 0),
        reopened: Number(closed?.[`${period}_reopened`] ?? 0),
      }
    })
    .filter((row) => row.answered + row.closed > 0)
}
