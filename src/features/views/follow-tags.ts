// Views name tags by their words, as people type them: one that looks for a tag goes on finding it under its new name.
import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { json } from '#platform/db/db.ts'
import { append, system } from '#platform/events/events.ts'
import type { Follower } from '#platform/events/follow.ts'
import type { SavedFilters } from './saved-views.ts'

export const tagFollower: Follower = {
  kinds: ['tag_renamed', 'tag_merged'],
  from: 'now',
  async react(tx, events) {
    for (const { before, after, at } of events)
      await renameIn(tx, String(before.name ?? ''), String(after.name ?? ''), at)
  },
}

async function renameIn(tx: Db, was: string, is: string, at: Date): Promise<void> {
  const { rows } = await sql<{ id: string; filters: SavedFilters }>`
    select id, filters from views where lower(filters->>'tag') like ${`%${was.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`}
    order by id for update`.execute(tx)
  for (const { id, filters } of rows) {
    const tags = (filters.tag ?? '').split(',')
    const next = tags.map((tag) => (tag.trim().toLowerCase() === was.toLowerCase() ? is : tag))
    if (next.every((tag, n) => tag === tags[n])) continue
    const tag = [...new Set(next)].join(',')
    await tx
      .updateTable('views')
      .set({ filters: json({ ...filters, tag }) })
      .where('id', '=', id)
      .execute()
    await append(tx, { at, actor: system, kind: 'view_changed', after: { view: id } })
  }
}
