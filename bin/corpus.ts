/**
 * Tries the mail reader on collections of real mail that stand outside the project.
 * `FOYER_CORPORA=/path node bin/corpus.ts [set …] [--show]`: per set how many mails are read, bounces
 * recognised, quotes folded; `--show` names those that miss.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { classify } from '../src/channels/email/read/classify.ts'
import type { ReadMail } from '../src/channels/email/read/mail.ts'
import { read } from '../src/channels/email/read/read.ts'

const root = process.env.FOYER_CORPORA ?? ''
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const show = process.argv.includes('--show')

const filesUnder = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesUnder(path) : name.startsWith('_') ? [] : [path]
  })
const readFile = (path: string): Promise<ReadMail> => read(new Uint8Array(readFileSync(path)))
const percent = (part: number, all: number): string =>
  `${part}/${all} (${Math.round((100 * part) / Math.max(1, all))} %)`
const miss = (...words: unknown[]): void => {
  if (show) console.log('   ', ...words)
}

async function everythingReads(): Promise<void> {
  for (const set of readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory())) {
    const files = filesUnder(join(root, set))
    const start = performance.now()
    let ok = 0
    for (const file of files) {
      try {
        await readFile(file)
        ok++
      } catch (error) {
        miss(relative(root, file), String(error))
      }
    }
    console.log(`read ${set}: ${percent(ok, files.length)}, ${Math.round(performance.now() - start)} ms`)
  }
}

interface Expected {
  files: string[]
  expect: { status: string; reason: string; hardbounce: boolean }[]
}

async function sisimai(): Promise<void> {
  const folder = join(root, 'sisimai-half')
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>
  const count = { all: 0, bounce: 0, address: 0, id: 0, status: 0, hard: 0, hardAll: 0 }
  for (const { files, expect } of Object.values(expected)) {
    const file = files.map((one) => join(folder, one)).find(existsSync)
    if (!file) continue
    const mail = await readFile(file)
    const { bounce, complaint, automatic } = classify(mail)
    const reason = expect[0]!.reason
    const special = {
      feedback: complaint !== null,
      vacation: automatic === 'answer',
      delivered: bounce === null,
    }
    count.all++
    if (reason in special) {
      if (special[reason as keyof typeof special]) count.bounce++
      else miss('missed', reason, relative(folder, file), mail.subject)
      continue
    }
    if (!bounce) {
      miss('no bounce', reason, relative(folder, file), mail.subject, mail.from[0]?.address)
      continue
    }
    count.bounce++
    const first = bounce.recipients[0]!
    if (first.address) count.address++
    else miss('no address', relative(folder, file))
    if (bounce.originalIds.length > 0) count.id++
    if (first.status === expect[0]!.status) count.status++
    count.hardAll++
    if (first.hard === expect[0]!.hardbounce) count.hard++
    else
      miss(
        first.hard ? 'hard, but' : 'soft, but',
        reason,
        relative(folder, file),
        first.status,
        first.text.slice(0, 100),
      )
  }
  const { all, hardAll } = count
  console.log(
    `sisimai: recognised ${percent(count.bounce, all)}, with address ${percent(count.address, hardAll)}, with an id ${percent(count.id, hardAll)}, same status ${percent(count.status, hardAll)}, hard or soft alike ${percent(count.hard, hardAll)}`,
  )
}

async function flufl(): Promise<void> {
  const folder = join(root, 'flufl-bounce')
  const expected = JSON.parse(readFileSync(join(folder, '_expected-from-tests.json'), 'utf8')) as Record<
    string,
    { recipients: string[]; temporary?: boolean }[]
  >
  let bounces = 0
  let exact = 0
  let some = 0
  for (const [name, [expect]] of Object.entries(expected)) {
    const mail = await readFile(join(folder, name))
    const { bounce, automatic } = classify(mail)
    if (!bounce) {
      miss('no bounce', name, mail.subject, mail.from[0]?.address, automatic)
      continue
    }
    bounces++
    const got = bounce.recipients.map((one) => one.address ?? '').sort()
    const want = (expect?.recipients ?? []).map((one) => one.toLowerCase()).sort()
    if (JSON.stringify(got) === JSON.stringify(want)) exact++
    else miss('recipients', name, got.join(), 'instead of', want.join())
    if (want.some((one) => got.includes(one))) some++
  }
  const all = Object.keys(expected).length
  console.log(
    `flufl-bounce: recognised ${percent(bounces, all)}, a right recipient ${percent(some, all)}, exactly the right ones ${percent(exact, all)}`,
  )
}

async function bounceEmail(): Promise<void> {
  for (const kind of ['bounces', 'non_bounces']) {
    const files = filesUnder(join(root, 'bounce_email', kind))
    let bounces = 0
    for (const file of files) {
      const mail = await readFile(file)
      if (classify(mail).bounce) bounces++
      if ((classify(mail).bounce !== null) !== (kind === 'bounces'))
        miss(kind, relative(root, file), mail.subject, mail.from[0]?.address)
    }
    console.log(`bounce_email ${kind}: called a bounce ${percent(bounces, files.length)}`)
  }
}

async function falseAlarms(): Promise<void> {
  const count: Record<string, number> = {
    mails: 0,
    bounce: 0,
    complaint: 0,
    answer: 0,
    generated: 0,
    receipt: 0,
    list: 0,
  }
  for (const file of filesUnder(join(root, 'spamassassin-public-sample'))) {
    const mail = await readFile(file)
    const found = classify(mail)
    const kinds = [
      found.bounce && 'bounce',
      found.complaint && 'complaint',
      found.automatic,
      found.list && 'list',
    ]
    count.mails!++
    for (const kind of kinds) if (kind) count[kind]!++
    if (found.bounce || found.automatic === 'answer')
      miss(found.bounce ? 'bounce' : 'answer', relative(root, file), mail.subject, mail.from[0]?.address)
  }
  console.log('spamassassin sample:', JSON.stringify(count))
}

const sets: Record<string, () => Promise<void>> = {
  read: everythingReads,
  sisimai,
  flufl,
  bounceEmail,
  falseAlarms,
}
if (!existsSync(root)) {
  console.error('Set FOYER_CORPORA to the folder of the collections.')
  process.exit(1)
}
for (const [name, run] of Object.entries(sets)) if (wanted.length === 0 || wanted.includes(name)) await run()
