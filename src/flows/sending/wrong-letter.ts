import { type FieldError, isBlank } from '#platform/errors/refuse.ts'
import { readMailbox } from './recipients.ts'

const isEmpty = (words: unknown) => words === undefined || isBlank(words)
/** What is longer the schema has named already: it is not read. */
const longest = 500
const isMailbox = (given: unknown): given is string | { address: string } => {
  const address = given instanceof Object ? (given as { address?: unknown }).address : given
  return typeof address === 'string' && address.length <= longest
}

/**
 * What no schema knows of a letter, in a body that may be anything: who is no recipient, and that it has no words.
 * @param at where its fields stand in the body, with a dot
 */
export async function wrongLetter(letter: unknown, at = ''): Promise<FieldError[]> {
  if (!(letter instanceof Object)) return []
  const { text, html, ...named } = letter as Record<string, unknown>
  const strangers = ['to', 'cc', 'bcc'].flatMap((field) =>
    (Array.isArray(named[field]) ? named[field].slice(0, 100) : []).flatMap((one, i) =>
      isMailbox(one) && !readMailbox(one) ? [{ field: `${at}${field}.${i}`, code: 'not_an_address' }] : [],
    ),
  )
  return isEmpty(text) && isEmpty(html) ? [...strangers, { field: `${at}text`, code: 'required' }] : strangers
}
