// The database as a backup sees it: every table of ours with its columns, asked of PostgreSQL's own catalogue, so that a
// table added later is in the next backup without anybody thinking of it.
import type pg from 'pg'

/** graphile-worker's schema is made anew by itself; its jobs are carried apart. */
const schemas = ['public', 'auth']

export interface Table {
  /** quoted, with its schema */
  name: string
  /** quoted; generated ones are computed again */
  columns: string[]
}

export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any ($1) and c.relkind = 'r' and not exists (
       select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by 1`,
    [schemas],
  )
  return rows
}

export async function readSequences(client: pg.ClientBase) {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace where n.nspname = any ($1) and c.relkind = 'S' order by 1`,
    [schemas],
  )
  const found: { name: string; last: string; called: boolean }[] = []
  for (const { name } of rows) {
    const { rows: state } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${name}`,
    )
    found.push({ name, ...state[0]! })
  }
  return found
}

/** What stands in the way of loading rows in any order, and at speed: taken away, and made again after. */
export async function takeApart(client: pg.ClientBase): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ away: string; back: string }>(
    `select 1 as step, format('alter table %s drop constraint %I', conrelid::regclass, conname) as away,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as back
     from pg_constraint where contype = 'f' and connamespace in (select oid from pg_namespace where nspname = any ($1))
     union all
     select 2, format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any ($1) and not exists (select from pg_constraint p where p.conindid = i.indexrelid)
     union all
     select 3, format('alter table %s disable trigger user', c.oid::regclass),
       format('alter table %s enable trigger user', c.oid::regclass)
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any ($1) and c.relkind = 'r'
     order by step`,
    [schemas],
  )
  for (const { away } of rows) await client.query(away)
  return async () => {
    // Indexes before the constraints that are checked by them: the other way round of how they are listed.
    for (const { back } of rows.toReversed()) await client.query(back)
  }
}

/** Whether there is nothing yet in the schemas a desk lives in. */
export async function isEmptyDatabase(client: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v', 'S') and not exists (
       select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') limit 1`,
    [schemas],
  )
  return rowCount === 0
}
