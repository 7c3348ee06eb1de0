// db types: writes src/platform/db/schema.gen.ts and db/schema.sql from a freshly migrated embedded database.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Db, openDatabase } from '../src/platform/db/db.ts'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'

const here = (path: string) => new URL(`../${path}`, import.meta.url)
const typeOf: Record<string, string> = {
  int8: 'string',
  int4: 'number',
  int2: 'number',
  text: 'string',
  bool: 'boolean',
  timestamptz: 'Date',
  jsonb: 'Json',
  bytea: 'Buffer',
  uuid: 'string',
  float8: 'number',
  tsvector: 'string',
  _text: 'string[]',
  _int8: 'string[]',
}

interface Column {
  table: string
  name: string
  type: string
  required: boolean
  identity: boolean
  fallback: string | null
}
async function columns(db: Db): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select c.relname as table, a.attname as name, t.typname as type, a.attnotnull as required,
      a.attidentity <> '' as identity, pg_get_expr(d.adbin, d.adrelid) as fallback
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname, a.attnum`.execute(
    db,
  )
  return rows
}

/** Columns whose check constraint is a closed list of words become unions of those words. */
async function closedLists(db: Db): Promise<Map<string, string>> {
  const { rows } = await sql<{ table: string; check: string }>`
    select conrelid::regclass::text as table, pg_get_constraintdef(oid) as check from pg_constraint
    where connamespace = 'public'::regnamespace and contype = 'c'`.execute(db)
  const found = new Map<string, string>()
  for (const { table, check } of rows) {
    const [, column, list] = /^CHECK \(\((\w+) = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(check) ?? []
    if (column)
      found.set(
        `${table}.${column}`,
        [...list!.matchAll(/'([^']*)'::text/g)].map((word) => `'${word[1]}'`).join(' | '),
      )
  }
  return found
}

function typeScript(all: Column[], words: Map<string, string>): string {
  const tables = [...new Set(all.map((column) => column.table))]
  const pascal = (name: string) =>
    name
      .split('_')
      .map((part) => part[0]!.toUpperCase() + part.slice(1))
      .join('')
  const field = (column: Column) => {
    const base = typeOf[column.type]
    if (!base) throw new Error(`no TypeScript type for ${column.type} (${column.table}.${column.name})`)
    const closed = words.get(`${column.table}.${column.name}`) ?? base
    const whole = column.required ? closed : `${closed} | null`
    const optional = column.identity || column.fallback !== null
    if (base === 'Date') return `  ${column.name}: ${column.required ? 'Time' : 'NullTime'}`
    // any would make the column demanded.
    if (base === 'Json' && !column.required) return `  ${column.name}: NullJson`
    if (base === 'Json' && optional) return `  ${column.name}: MadeJson`
    return `  ${column.name}: ${optional ? `Generated<${whole}>` : whole}`
  }
  return `// Made by \`node bin/db.ts types\` from db/migrations. Do not edit.
import type { ColumnType, Generated } from 'kysely'

type Time = ColumnType<Date, Date, Date>
type NullTime = ColumnType<Date | null, Date | null | undefined, Date | null>
// biome-ignore lint/suspicious/noExplicitAny: what a jsonb column holds is known where it is read
type Json = any
type MadeJson = ColumnType<Json, object | undefined, object>
type NullJson = ColumnType<Json, object | string | null | undefined, object | string | null>

${tables
  .map(
    (table) =>
      `export interface ${pascal(table)}Table {\n${all
        .filter((column) => column.table === table)
        .map(field)
        .join('\n')}\n}\n`,
  )
  .join('\n')}
export interface Tables {
${tables.map((table) => `  ${table}: ${pascal(table)}Table`).join('\n')}
}
`
}

async function schemaSql(db: Db, all: Column[]): Promise<string> {
  const { rows: more } = await sql<{ table: string; line: string }>`
    select conrelid::regclass::text as table, '  constraint ' || conname || ' ' || pg_get_constraintdef(oid) as line
    from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n' and conrelid <> 0
    order by 1, contype desc, conname`.execute(db)
  const { rows: indexes } = await sql<{ table: string; line: string }>`
    select tablename as table, indexdef || ';' as line from pg_indexes i where schemaname = 'public'
      and not exists (select from pg_constraint k where k.conname = i.indexname) order by tablename, indexname`.execute(
    db,
  )
  const { rows: rest } = await sql<{ line: string }>`
    select pg_get_functiondef(p.oid) || ';' as line from pg_proc p where pronamespace = 'public'::regnamespace
      and prokind in ('f', 'p') and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all select pg_get_triggerdef(oid) || ';' from pg_trigger where not tgisinternal order by 1`.execute(
    db,
  )
  const tables = [...new Set(all.map((column) => column.table))]
  const lines = tables.map((table) => {
    const fields = all
      .filter((column) => column.table === table)
      .map(
        (column) =>
          `  ${column.name} ${column.type}${column.required ? ' not null' : ''}${column.identity ? ' generated always as identity' : column.fallback ? ` default ${column.fallback}` : ''}`,
      )
    return `create table ${table} (\n${[...fields, ...more.filter((row) => row.table === table).map((row) => row.line)].join(',\n')}\n);\n${indexes
      .filter((row) => row.table === table)
      .map((row) => `${row.line}\n`)
      .join('')}`
  })
  return `-- Made by \`node bin/db.ts types\`: the schema after all migrations, to be read and reviewed.\n\n${lines.join('\n')}\n${rest.map((row) => row.line).join('\n\n')}\n`
}

if (process.argv[2] !== 'types') {
  console.error('usage: node bin/db.ts types')
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), 'foyer-db-'))
chmodSync(folder, 0o755)
const postgres = await startEmbedded(folder, { settings: ['fsync=off'] })
try {
  const db = openDatabase({ url: postgres.url, size: 2 })
  await migrate(db)
  const all = await columns(db)
  writeFileSync(here('src/platform/db/schema.gen.ts'), typeScript(all, await closedLists(db)))
  writeFileSync(here('db/schema.sql'), await schemaSql(db, all))
  await db.destroy()
  console.log(
    `${new Set(all.map((column) => column.table)).size} tables written to src/platform/db/schema.gen.ts and db/schema.sql`,
  )
} finally {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
