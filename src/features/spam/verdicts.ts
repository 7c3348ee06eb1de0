import { sql } from 'kysely'
import type { Db } from '#platform/db/db.ts'
import { keepPlan } from '#platform/db/kept-plans.ts'
import type { Secrets } from '#platform/secrets/secrets.ts'
import { enough, fewest, judge, type Learned } from './judge.ts'
import { setting } from './switch.ts'
import { type Letter, tokensOf } from './tokens.ts'
import { numbering } from './words.ts'

export interface Verdict {
  by: 'learned' | 'filter'
  /** what of it speaks most for spam, strongest first */
  words: string[]
}
/** More would not be read. */
const mostWords = 6

/** @returns for each letter, in their order: why it is taken for spam, or null */
export async function judgeLetters(tx: Db, secrets: Secrets, letters: Letter[]): Promise<(Verdict | null)[]> {
  const lessons = letters.length > 0 ? await lessonsToJudgeBy(tx) : null
  if (!lessons) return letters.map(() => null)
  const numberOf = numbering(secrets)
  const read = letters.map((letter) => new Map(tokensOf(letter).map((token) => [numberOf(token), token])))
  const { rows } = await sql<Learned & { word: string }>`${keepPlan}
    select word, spam, other from spam_words
    where word = any(${[...new Set(read.flatMap((one) => [...one.keys()]))]}::bigint[])`.execute(tx)
  return read.map((tokens) => {
    const counts = new Map(
      rows.flatMap(({ word, ...seen }): [string, Learned][] => {
        const token = tokens.get(word)
        return token === undefined ? [] : [[token, seen]]
      }),
    )
    const { score, because } = judge([...tokens.values()], counts, lessons)
    return score < enough ? null : { by: 'learned', words: readable(because) }
  })
}

/** null: nobody wants it, or too little was learned */
async function lessonsToJudgeBy(tx: Db): Promise<Learned | null> {
  const { rows } = await sql<Learned & { wanted: boolean }>`${keepPlan}
    select (select lessons from spam_learned where spam) as spam,
      (select lessons from spam_learned where not spam) as other,
      coalesce((select value from settings where key = ${setting}), 'true') <> 'false' as wanted`.execute(tx)
  const { spam, other, wanted } = rows[0]!
  return wanted && Math.min(spam, other) >= fewest ? { spam, other } : null
}

/** Tokens as a person reads them. */
const readable = (tokens: string[]) =>
  [...new Set(tokens.map((token) => token.replace(/^(?:subject|from|link):/, '')))].slice(0, mostWords)

/** Kept beside conversations that began as spam. */
export async function keepVerdicts(tx: Db, verdicts: (Verdict & { conversation: string })[]): Promise<void> {
  if (verdicts.length > 0) await tx.insertInto('spam_verdicts').values(verdicts).execute()
}

/** Something of it is sealed or erased: its words stand nowhere any more. */
export async function forgetVerdict(tx: Db, conversations: string[]): Promise<void> {
  await tx
    .updateTable('spam_verdicts')
    .set({ words: [] })
    .where('conversation', 'in', conversations)
    .execute()
}
