// The front door: what was begun and not sent yet. One draft of each kind per agent and conversation.
export { bringTogether, giveBack, type MovedDraft } from './bring-together.ts'
export { discard } from './discard.ts'
export type { DraftKind } from './kind.ts'
export { saveBelow } from './save.ts'
export { takeOutOfDrafts } from './take-out.ts'
