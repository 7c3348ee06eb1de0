// What an event says, in the words of the wire: `assignee: {id, name}` instead of a column with an id.
import type { Db } from '#platform/db/db.ts'
import { text as say } from '#platform/texts/texts.ts'
import type { Category } from './conversations.contract.ts'
import { namesOf } from './items.queries.ts'
import { showStatus } from './show.ts'

type Told = Record<string, unknown>
type NamedKind = 'agent' | 'team' | 'customer' | 'inbox' | 'partner'
const namedColumns: Record<string, NamedKind> = {
  assignee: 'agent',
  team: 'team',
  customer: 'customer',
  inbox: 'inbox',
}
const flagColumns: Record<string, string> = { spam_at: 'spam', trashed_at: 'trashed', thanks_at: 'thanks' }

export type Names = Map<string, string>

/** The names that these stretches of `before` and `after` need, in one statement. */
export async function namesIn(db: Db, told: Told[]): Promise<Names> {
  const ids: Record<NamedKind, string[]> = { agent: [], team: [], customer: [], inbox: [], partner: [] }
  for (const one of told) {
    for (const [column, kind] of Object.entries(namedColumns))
      if (one[column]) ids[kind].push(String(one[column]))
    const kind = String(one.holder_kind)
    if (one.holder_id && kind in ids) ids[kind as NamedKind].push(String(one.holder_id))
  }
  return Object.values(ids).some((list) => list.length > 0) ? namesOf(db, ids) : new Map()
}

export function showTold(told: Told, names: Names, language: string): Told {
  const shown: Told = {}
  const named = (kind: string, id: unknown) =>
    id === null || id === undefined ? null : { id: String(id), name: names.get(`${kind} ${id}`) ?? null }
  for (const [column, value] of Object.entries(told)) {
    const kind = namedColumns[column]
    if (kind) shown[column] = named(kind, value)
    else if (column === 'own') shown.text = ownWords(value, language)
    else if (column in flagColumns) shown[flagColumns[column]!] = value !== null
    else if (column === 'category')
      shown.status = showStatus(value as Category, (told.status_name ?? null) as string | null)
    else if (column === 'holder_kind')
      shown.holder =
        value === null ? null : { kind: value, id: null, name: null, ...named(String(value), told.holder_id) }
    else if (column === 'merged_into') shown.mergedInto = value === null ? null : Number(value)
    else if (column !== 'status_name' && column !== 'holder_id')
      shown[column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())] = value
  }
  return shown
}

/** What we said ourselves, kept as a text key. */
function ownWords(value: unknown, language: string): string {
  const { key, params } = value as { key: string; params?: Told }
  return say(language, key, params)
}
