// What a person is told of and by which means: the choices, read alike by the desk and the browser.
/** Why somebody is told, the most telling first: one event tells a person one thing. */
export const kinds = [
  'alarm',
  'failed',
  'held',
  'asked',
  'answered',
  'unanswered',
  'mentioned',
  'assigned',
  'taken',
  'customer_yours',
  'customer_followed',
  'colleague',
  'team',
] as const
export type Kind = (typeof kinds)[number]
/** page: the list behind the bell and what appears on screen; browser: push. */
export const media = ['page', 'sound', 'browser', 'mail'] as const
export type Medium = (typeof media)[number]

/**
 * What stands in a person's settings under `notifications`: `<kind>.<medium>`, and these:
 * `words.browser`, `words.mail`: customers' words may be in it; `available`: nothing sounds or is pushed while he is
 * away; `away.mail`: mail also while he is away; `digest.mail`: one mail in the morning
 * in lieu of one for each burst; `answers.mail`: what he answers to a mail goes to the customer.
 */
export type Choices = Record<string, boolean>

const mailed = new Set<Kind>([
  'alarm',
  'answered',
  'unanswered',
  'failed',
  'held',
  'mentioned',
  'assigned',
  'customer_yours',
])
function byDefault(kind: Kind, medium: Medium): boolean {
  if (medium === 'sound') return false
  if (medium === 'mail') return mailed.has(kind)
  return kind !== 'team'
}
/** Whether a person wants to hear of this by that means. */
export const wants = (choices: Choices, kind: Kind, medium: Medium): boolean =>
  choices[`${kind}.${medium}`] ?? byDefault(kind, medium)
export const wantsWords = (choices: Choices, medium: 'browser' | 'mail'): boolean =>
  choices[`words.${medium}`] ?? false
export const onlyAvailable = (choices: Choices): boolean => choices.available ?? true
/** Whether mail waits for the morning. */
export const inTheMorning = (choices: Choices): boolean => choices['digest.mail'] ?? false
/** Whether his answers to such mails go to the customer; else they are internal comments. */
export const answersGoOut = (choices: Choices): boolean => choices['answers.mail'] ?? false
export const mailsWhileAway = (choices: Choices): boolean => choices['away.mail'] ?? false
