// Everything a desk keeps: every table as text, and with `files` every file of its data folder.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import type { TestDesk } from './desk.ts'

/** Every table, by its name. */
export async function dumpOf({ databaseUrl }: Pick<TestDesk, 'databaseUrl'>): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  for (const { name } of rows) found.set(name, await buffer(client.query(to(`copy ${name} to stdout`))))
  await client.end()
  return found
}

/** Every file of the data folder, by its path. */
export function filesOf({ house }: Pick<TestDesk, 'house'>): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (const entry of readdirSync(house.config.data, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) found.set(path, readFileSync(path))
  }
  return found
}
