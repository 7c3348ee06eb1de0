// The front door: spam as agents of this desk mark it, learned and recognised.
export { spamFollower } from './learn.ts'
export type { Letter } from './tokens.ts'
export { forgetVerdict, judgeLetters, keepVerdicts, type Verdict } from './verdicts.ts'
