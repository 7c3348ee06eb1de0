import type { Finder } from './finder.ts'

/** `[#123]` in the subject: a number can be guessed, so it counts only for somebody who is on that conversation. */
export const byNumber: Finder = {
  name: 'number',
  signed: false,
  guessable: true,
  candidates: ({ message }) =>
    [...(message.subject ?? '').matchAll(/\[#(\d{1,15})\]/g)].map((match) => match[1]!),
}
