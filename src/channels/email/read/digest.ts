// Everything that is told from a mail's words alone. It runs over texts of strangers that may be megabytes, so it
// belongs into the thread that reads, with that thread's limits, and never beside what else a process does.
import { fold } from '#shared/text/fold.ts'
import { isThanks } from '#shared/text/thanks.ts'
import { type Classification, classify } from './classify.ts'
import { forwardedSender } from './forwarded-sender.ts'
import type { Mailbox, ReadMail } from './mail.ts'

export interface Digest {
  kind: Classification
  /** Where history and signature begin at the end of the text; null: nothing to fold. Characters. */
  fold: { from: number; to: number } | null
  /** Nothing but a thank-you. */
  thanks: boolean
  /** Who wrote the mail that this one passes on. */
  forwarded: Mailbox | null
}

/** Longer texts are no letters; the source keeps what is cut. Characters. */
export const maxText = 1_000_000

export const digest = (mail: ReadMail): Digest => ({
  kind: classify(mail),
  fold: foldOf(mail),
  thanks: mail.inReplyTo.length > 0 && isThanks(mail.text, { subject: mail.subject }),
  forwarded: forwardedSender(mail),
})

/** What is folded away at the end: history and signature, with nothing but blanks between them. */
function foldOf({ text: whole, subject }: ReadMail): Digest['fold'] {
  const text = whole.slice(0, maxText)
  let from = text.length
  for (const one of fold(text, { subject }).toReversed())
    if (text.slice(one.to, from).trim() === '') from = one.from
  return from < text.length ? { from, to: text.length } : null
}

/** Reading never throws for what a mail holds; these are the ways it can end. */
export type ReadOutcome =
  | { ok: true; mail: ReadMail; digest: Digest }
  | { ok: false; kind: 'limit' | 'broken'; reason: string }
