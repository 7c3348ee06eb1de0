// A parsed question as conditions: one tsquery for the index, and conditions over a conversations row `c` for what
// the index cannot answer (phrases, filters, numbers).
import { type RawBuilder, sql } from 'kysely'
import { categories } from '#features/conversations/conversations.contract.ts'
import { live } from '#features/conversations/conversations.ts'
import type { Db } from '#platform/db/db.ts'
import { catchUp } from './catch-up.ts'
import { findPeople } from './find-people.ts'
import type { Filter, SearchQuery, Term } from './parse-query.ts'

type Condition = RawBuilder<boolean>
export interface Compiled {
  /** all of it must be found, as tsquery text; null: no words were asked for */
  words: string | null
  /** any of it is worth a mark in a snippet */
  marks: string | null
  conditions: Condition[]
  /** a condition that has to read the messages of every candidate */
  reads: boolean
  /** nothing can match, and why does not matter: no word of it is one search knows */
  nothing: boolean
  /** words-terms with their tsquery, for a second try with corrected spelling */
  terms: { text: string; query: string }[]
}

export async function compileQuery(db: Db, query: SearchQuery): Promise<Compiled> {
  const filters: Condition[] = []
  const terms = [...query.terms]
  let place: Condition = live
  for (const filter of query.filters) {
    const aside = /^(spam|trash)$/i.exec(filter.name === 'in' ? filter.value : '')
    if (aside) place = sql`c.bucket = ${sql.lit(aside[1]!.toLowerCase())}`
    else {
      const condition = await filterCondition(db, filter)
      if (condition) filters.push(condition)
      else terms.push({ kind: 'words', text: `${filter.name} ${filter.value}` })
    }
  }
  if (terms.length > 0) await catchUp(db)
  const lexed = await lex(db, terms)
  const known = lexed.filter((term) => term.query !== '')
  const numbers = terms.flatMap((term) => (term.kind === 'number' ? [isNumber(term.number)] : []))
  const phrases = lexed.flatMap((term) => (term.kind === 'phrase' && term.plain ? [says(term.plain)] : []))
  const join = (sign: string) => known.map((term) => `(${term.query})`).join(sign) || null
  return {
    words: join(' & '),
    marks: join(' | '),
    conditions: [place, ...filters, ...numbers, ...phrases],
    reads: phrases.length > 0,
    nothing: known.length + numbers.length + phrases.length + filters.length === 0 && place === live,
    terms: known.filter((term) => term.kind === 'words').map(({ text, query }) => ({ text, query })),
  }
}

/** A merged conversation is found where it goes on. */
const isNumber = (number: string) => sql<boolean>`c.id = (
  with recursive up (id, into_) as (
    select id, merged_into from conversations where id = ${number}::bigint
    union select n.id, n.merged_into from up join conversations n on n.id = up.into_)
  select id from up where into_ is null)`

interface Lexed {
  kind: Term['kind']
  text: string
  /** as tsquery text; empty when it is made of stop words or signs alone */
  query: string
  /** in the normal form phrases are compared in */
  plain: string
}
async function lex(db: Db, terms: Term[]): Promise<Lexed[]> {
  const asked = terms.flatMap((term) =>
    term.kind === 'number'
      ? []
      : [{ kind: term.kind, text: term.text, phone: term.kind === 'phone' ? phoneWord(term.digits) : null }],
  )
  if (asked.length === 0) return []
  const { rows } = await sql<Lexed>`
    select kind, text, btrim(lower(search_normal(text))) as plain,
      case when phone is null then search_query(text, kind = 'prefix')::text
        else (to_tsquery('simple', phone) || search_query(text, false))::text end as query
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as t(kind text, text text, phone text)`.execute(
    db,
  )
  return rows
}

/** As search_phones() writes them. */
const phoneWord = (digits: string) => `tel${digits.slice(digits.length >= 10 ? -10 : -7)}`

/** A phrase stands in the subject, in a message or comment, or in somebody's name or address. */
function says(plain: string): Condition {
  // Its words one after the other, whatever stands between: quick, and the exact look is for the few that have them.
  const rough = `%${plain.split(' ').join('%')}%`
  const said = (text: RawBuilder<string>) =>
    sql<boolean>`(unaccent(lower(${text})) like ${rough} and search_says(${text}, ${plain}))`
  // x0x stands between two texts, so that no phrase spans both.
  return sql`(${said(sql`c.subject`)}
    or exists (select from messages m where m.conversation = c.id and ${said(sql`concat_ws(' x0x ', m.subject, m.text,
      m.author_name, m.author_address, m.recipients::text, m.copies::text)`)})
    or exists (select from comments m where m.conversation = c.id and m.deleted_at is null and ${said(sql`m.text`)})
    or exists (select from customers p where p.id = c.customer and ${said(sql`coalesce(p.name, '')`)})
    or exists (select from customer_identities p where p.customer = c.customer and ${said(sql`p.value`)}))`
}

const day = /^\d{4}-\d\d-\d\d$/
const asDay = (value: string) =>
  day.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value)

/** null: not what this filter takes, so it was meant as words */
async function filterCondition(db: Db, { name, value }: Filter): Promise<Condition | null> {
  switch (name) {
    case 'from':
    case 'customer': {
      const people = await findPeople(db, value)
      return sql`c.id in (select id from conversations where customer = any(${people}::bigint[])
        union all select conversation from participants where customer = any(${people}::bigint[]) and removed_at is null)`
    }
    case 'subject':
      return sql`to_tsvector('foyer', search_text(c.subject)) @@ search_query(${value}, true)`
    case 'tag':
      return sql`c.id in (select ct.conversation from conversation_tags ct join tags t on t.id = ct.tag
        where lower(t.name) = lower(${value}))`
    case 'status':
      return status(value.toLowerCase(), value)
    case 'before':
      return asDay(value) ? sql`c.created_at < ${value}::timestamptz` : null
    case 'after':
      return asDay(value) ? sql`c.last_activity_at >= ${value}::timestamptz` : null
    case 'assignee':
      return sql`c.assignee in (select id from agents a where lower(a.name) like ${`%${escapeLike(value)}%`}
        or a.address like ${`%${escapeLike(value)}%`})`
    case 'in':
      return sql`c.inbox in (select id from inboxes i where lower(i.name) = lower(${value})
        or i.address = lower(${value}) or i.id::text = ${value})`
  }
}

/** Agents know one word for what is done: `closed` is both of its categories. */
function status(category: string, name: string): Condition {
  if (category === 'closed') return sql`c.category in ('solved', 'closed')`
  if ((categories as readonly string[]).includes(category)) return sql`c.category = ${category}`
  return sql`lower(c.status_name) = lower(${name})`
}

export const escapeLike = (value: string) => value.toLowerCase().replace(/[\\%_]/g, '\\$&')
