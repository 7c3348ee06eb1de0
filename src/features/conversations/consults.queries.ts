import { type RawBuilder, sql } from 'kysely'
import type { Consult } from './conversations.contract.ts'

/** Consults as they cross the wire, the first first: a list of those of `consults k` that the condition names. */
export const consultsWhere = (condition: RawBuilder<unknown>) => sql<Consult[]>`coalesce((
  select json_agg(json_build_object('id', k.id::text, 'state', k.state,
    'to', case k.kind
      when 'agent' then (select json_build_object('kind', 'agent', 'id', g.id::text, 'name', g.name, 'address', g.address)
        from agents g where g.id = k.whom)
      when 'team' then (select json_build_object('kind', 'team', 'id', g.id::text, 'name', g.name, 'address', null)
        from teams g where g.id = k.whom)
      else (select json_build_object('kind', 'partner', 'id', p.id::text, 'name', coalesce(p.name, p.address),
        'address', p.address) from partners p where p.id = k.whom) end,
    'askedBy', (select json_build_object('id', b.id::text, 'name', b.name) from agents b where b.id = k.asked_by),
    'askedAt', to_char(k.asked_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'answerBy', to_char(k.answer_by at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'endedAt', to_char(k.ended_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'nudges', k.nudges, 'question', k.question::text, 'answer', k.answer::text,
    'failed', (select m.said from consult_mails m where m.consult = k.id and m.failed_at is not null
      order by m.id desc limit 1)) order by k.id)
  from consults k where ${condition}), '[]')`
