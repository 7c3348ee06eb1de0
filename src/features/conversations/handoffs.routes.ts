import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { Handoffs, type Held } from './conversations.contract.ts'
import { ConversationParams } from './conversations.routes.ts'
import { find } from './find.ts'

/** The newest of a conversation that went back and forth for years. */
const most = 500

interface Row {
  kind: Held['holder']['kind']
  id: string | null
  name: string | null
  began_at: Date
  ended_at: Date | null
}

/** Who had the ball, and how long. */
export function addHandoffRoutes(app: App, { db, clock }: House): void {
  app.get(
    '/api/v1/conversations/:number/handoffs',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Who held it, one after the other, and how long each has in all',
        description: `The first first, at most the newest ${most}. Whoever has it now has no end; his seconds are those until
now. Working seconds are those of the calendar of its inbox, all of them until it has one.`,
        tags: ['Conversations'],
        params: ConversationParams,
        response: { 200: Handoffs },
      },
    },
    async (request) => {
      const id = await find(db, callerOf(request).id, request.params.number)
      const rows = await heldBy(db, id)
      return shown(rows, clock.now())
    },
  )
}

async function heldBy(db: Db, conversation: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select h.holder_kind as kind, h.holder_id as id, h.began_at, h.ended_at, case h.holder_kind
        when 'agent' then (select name from agents where id = h.holder_id)
        when 'team' then (select name from teams where id = h.holder_id)
        when 'customer' then (select name from customers where id = h.holder_id)
        when 'partner' then (select coalesce(name, address) from partners where id = h.holder_id)
      end as name
    from handoffs h where h.conversation = ${conversation}
    order by h.began_at desc, h.id desc limit ${most}`.execute(db)
  return rows.reverse()
}

function shown(rows: Row[], now: Date): Handoffs {
  const items = rows.map(({ kind, id, name, began_at, ended_at }): Held => {
    const seconds = Math.max(0, Math.round(((ended_at ?? now).getTime() - began_at.getTime()) / 1000))
    const until = ended_at?.toISOString() ?? null
    return {
      holder: { kind, id, name },
      from: began_at.toISOString(),
      until,
      seconds,
      workingSeconds: seconds,
    }
  })
  const totals = new Map<string, Handoffs['totals'][number]>()
  for (const { holder, seconds, workingSeconds } of items) {
    const key = `${holder.kind} ${holder.id}`
    const known = totals.get(key) ?? { holder, seconds: 0, workingSeconds: 0 }
    totals.set(key, {
      holder,
      seconds: known.seconds + seconds,
      workingSeconds: known.workingSeconds + workingSeconds,
    })
  }
  return { items, totals: [...totals.values()].sort((a, b) => b.seconds - a.seconds) }
}
