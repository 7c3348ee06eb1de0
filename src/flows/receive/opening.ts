import type { Verdict } from '#features/spam/spam.ts'
import type { Found } from './find-conversation/finder.ts'
import type { Author } from './identify.ts'
import type { Around } from './look-around.ts'
import type { Receiving } from './receiving.ts'

/** A message that begins a conversation. */
export interface Opening {
  receiving: Receiving
  around: Around
  author: Author
  /** the locked conversation that it goes on from */
  before?: Found
  /** why it begins as spam */
  spam?: Verdict
}
