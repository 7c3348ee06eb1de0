import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '../../../test/database.ts'
import { inTransaction } from './db.ts'
import { idsFor, keepPlan } from './kept-plans.ts'

test('a statement that asks for it keeps one plan, whatever the length of its lists', async () => {
  const db = await testDatabase()
  const plans = await inTransaction(db, async (tx) => {
    const ask = (ids: string[]) =>
      sql<{ id: string }>`${keepPlan} select id from agents where id = any(${idsFor(ids)})`.execute(tx)
    // PostgreSQL tries plans for the given values five times before it looks for a common one.
    for (let n = 1; n <= 12; n += 1) await ask(Array.from({ length: n }, (_, i) => String(i)))
    await sql`select id from agents where id = ${'1'}`.execute(tx)
    const { rows } = await sql<{ generic_plans: string; custom_plans: string }>`
      select generic_plans, custom_plans from pg_prepared_statements where statement like '%from agents%'`.execute(
      tx,
    )
    return rows
  })
  assert.deepEqual(plans, [{ generic_plans: '7', custom_plans: '5' }])
})

test('a kept plan whose columns have changed ends with its connection', async () => {
  const db = await testDatabase()
  await sql`create table shelf (a int)`.execute(db)
  await sql`insert into shelf values (1)`.execute(db)
  const ask = () => sql<Record<string, number>>`${keepPlan} select * from shelf`.execute(db)
  assert.deepEqual((await ask()).rows, [{ a: 1 }])
  await sql`alter table shelf add b int default 2`.execute(db)
  await assert.rejects(ask(), /cached plan must not change result type/)
  assert.deepEqual((await ask()).rows, [{ a: 1, b: 2 }])
})
