import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { type Classification, classify } from '#channels/email/read/classify.ts'
import type { ReadMail } from '#channels/email/read/mail.ts'
import { read } from '#channels/email/read/read.ts'
import { enough, judge, type Learned } from '#features/spam/judge.ts'
import { tokensOf } from '#features/spam/tokens.ts'
import { newWords } from '#shared/text/new-words.ts'

/** Collections of real mail that stand outside the project, and how well the reader does on them. */
export const corpora = process.env.FOYER_CORPORA ?? ''
/** A reason to skip a test that needs them, or false. */
export const withoutCorpora = existsSync(join(corpora, 'sisimai-half')) ? false : 'FOYER_CORPORA is not set'

/** How many of how many, and what went wrong with the others. */
export interface Score {
  right: number
  all: number
  misses: string[]
}

export class Tally implements Score {
  right = 0
  all = 0
  misses: string[] = []
  count(right: boolean, ...about: unknown[]): void {
    this.all++
    if (right) this.right++
    else this.misses.push(about.join(' '))
  }
}

export const collections = (): string[] =>
  readdirSync(corpora).filter((name) => statSync(join(corpora, name)).isDirectory())

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !/(?:^|\/)_/.test(relative(folder, path)))
const readFile = (path: string): Promise<ReadMail> => read(new Uint8Array(readFileSync(path)))
const here = (path: string): string => relative(corpora, path)

/** Every file of a collection is read, mail or not. */
export async function readable(collection: string): Promise<Score> {
  const tally = new Tally()
  for (const file of filesUnder(join(corpora, collection))) {
    const error = await readFile(file).then(
      () => null,
      (reason: unknown) => reason,
    )
    tally.count(error === null, here(file), error)
  }
  return tally
}

interface Expected {
  files: string[]
  expect: { status: string; reason: string; hardbounce: boolean }[]
}

/** Is what was expected seen: a bounce, a complaint, an automatic answer, or none of them for "delivered"? */
function asExpected(reason: string, { bounce, complaint, automatic }: Classification): boolean {
  if (reason === 'feedback') return complaint !== null
  if (reason === 'vacation') return automatic === 'answer'
  return reason === 'delivered' ? bounce === null : bounce !== null
}

/** Bounces of many mail servers: recognised, abuse reports (feedback) apart; with an address; with the bounced mail's id; hard or soft alike. */
export async function sisimai(): Promise<
  Record<'recognised' | 'feedback' | 'address' | 'id' | 'hardness', Score>
> {
  const scores = {
    recognised: new Tally(),
    feedback: new Tally(),
    address: new Tally(),
    id: new Tally(),
    hardness: new Tally(),
  }
  const folder = join(corpora, 'sisimai-half')
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>
  for (const { files, expect } of Object.values(expected)) {
    const file = files.map((one) => join(folder, one)).find(existsSync)
    const want = expect[0]
    if (!file || !want) continue
    const mail = await readFile(file)
    const found = classify(mail)
    const kind = want.reason === 'feedback' ? 'feedback' : 'recognised'
    scores[kind].count(asExpected(want.reason, found), want.reason, here(file), mail.subject)
    const first = found.bounce?.recipients[0]
    if (!first) continue
    scores.address.count(first.address !== null, here(file))
    scores.id.count((found.bounce?.originalIds.length ?? 0) > 0, here(file))
    scores.hardness.count(
      first.hard === want.hardbounce,
      want.reason,
      here(file),
      first.status,
      first.text.slice(0, 80),
    )
  }
  return scores
}

/** Old bounces, many in nobody's format: recognised; a right recipient named. */
export async function flufl(): Promise<Record<'recognised' | 'recipient', Score>> {
  const scores = { recognised: new Tally(), recipient: new Tally() }
  const folder = join(corpora, 'flufl-bounce')
  const expected = JSON.parse(readFileSync(join(folder, '_expected-from-tests.json'), 'utf8')) as Record<
    string,
    { recipients: string[] }[]
  >
  for (const [name, [expect]] of Object.entries(expected)) {
    const mail = await readFile(join(folder, name))
    const { bounce } = classify(mail)
    scores.recognised.count(bounce !== null, name, mail.subject)
    const want = (expect?.recipients ?? []).map((one) => one.toLowerCase())
    const got = bounce?.recipients.map((one) => one.address ?? '') ?? []
    if (want.length > 0)
      scores.recipient.count(
        want.some((one) => got.includes(one)),
        name,
        got,
        'instead of',
        want,
      )
  }
  return scores
}

/** Bounces and mails that only look like bounces. */
export async function bounceEmail(): Promise<Record<'bounces' | 'others', Score>> {
  const scores = { bounces: new Tally(), others: new Tally() }
  for (const [kind, tally] of [
    ['bounces', scores.bounces],
    ['non_bounces', scores.others],
  ] as const)
    for (const file of filesUnder(join(corpora, 'bounce_email', kind))) {
      const mail = await readFile(file)
      tally.count((classify(mail).bounce !== null) === (kind === 'bounces'), here(file), mail.subject)
    }
  return scores
}

/** Reports of many servers among messages of every other kind: the folder says which is which. */
export async function flanker(): Promise<Score> {
  const tally = new Tally()
  for (const file of filesUnder(join(corpora, 'flanker')).filter((path) =>
    /\/bounce\/[^/]*\.eml$/.test(path),
  )) {
    const mail = await readFile(file)
    const found = classify(mail)
    tally.count(found.bounce !== null, here(file), mail.subject)
  }
  return tally
}

/** Ordinary mail and spam, none of it a bounce or an automatic answer (but for the one or two that are). */
export async function falseAlarms(): Promise<Score> {
  const tally = new Tally()
  for (const file of filesUnder(join(corpora, 'spamassassin-public-sample'))) {
    const mail = await readFile(file)
    const found = classify(mail)
    tally.count(
      found.bounce === null && found.automatic !== 'answer',
      here(file),
      mail.subject,
      mail.from[0]?.address,
    )
  }
  return tally
}

/** Replies whose new words are known: talon's, written by many programs. */
export async function folding(): Promise<Score> {
  const tally = new Tally()
  const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim()
  for (const file of filesUnder(join(corpora, 'talon', 'html_replies'))) {
    const { text } = await read(
      new Uint8Array(Buffer.concat([Buffer.from('Content-Type: text/html\r\n\r\n'), readFileSync(file)])),
    )
    tally.count(
      squeeze(newWords(text)) === 'Hi. I am fine. Thanks, Alex',
      here(file),
      squeeze(newWords(text)).slice(0, 80),
    )
  }
  for (const file of filesUnder(join(corpora, 'talon', 'standard_replies')).filter((name) =>
    name.endsWith('.eml'),
  )) {
    const words = squeeze(newWords((await readFile(file)).text))
    tally.count(words === 'Hello', here(file), words.slice(0, 80))
  }
  return tally
}

/**
 * Learned from every other mail of the public sample and asked about the rest: spam that is seen, and ordinary mail that
 * is left alone.
 * @param lessons of each kind at most
 */
export async function learnedSpam(
  lessons: number,
): Promise<Record<'spam seen' | 'others left alone', Score>> {
  const scores = { 'spam seen': new Tally(), 'others left alone': new Tally() }
  const counts = new Map<string, Learned>()
  const learned = { spam: 0, other: 0 }
  const asked: { file: string; spam: boolean; tokens: string[]; subject: string }[] = []
  for (const [n, file] of filesUnder(join(corpora, 'spamassassin-public-sample'))
    .toSorted(byName)
    .entries()) {
    const spam = /\/spam-\d/.test(file)
    const { subject, text, html, from, fold } = { fold: null, ...(await readFile(file)) }
    const [sender = null] = from
    const tokens = tokensOf({ subject, text, fold, html, sender })
    if (n % 2 === 0) {
      if (learned[spam ? 'spam' : 'other']++ >= lessons) learned[spam ? 'spam' : 'other']--
      else
        for (const token of tokens) {
          const seen = counts.get(token) ?? { spam: 0, other: 0 }
          seen[spam ? 'spam' : 'other']++
          counts.set(token, seen)
        }
    } else asked.push({ file, spam, tokens, subject })
  }
  for (const { file, spam, tokens, subject } of asked) {
    const { score, because } = judge(tokens, counts, learned)
    const kind = spam ? 'spam seen' : 'others left alone'
    scores[kind].count(
      score >= enough === spam,
      here(file),
      score.toFixed(3),
      subject,
      '|',
      because.slice(0, 5).join(' '),
    )
  }
  return scores
}

/** By the file's own name: neither folder nor kind. */
const byName = (one: string, other: string) => (basename(one) < basename(other) ? -1 : 1)
