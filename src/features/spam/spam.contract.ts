import Type, { type Static } from 'typebox'

export const SpamLearning = Type.Object({
  on: Type.Boolean({ description: 'new mail is judged by what was learned' }),
  spam: Type.Integer({ minimum: 0, description: 'conversations learned from that agents marked as spam' }),
  other: Type.Integer({
    minimum: 0,
    description: 'conversations learned from that were answered, or said to be no spam',
  }),
  fewest: Type.Integer({ description: 'so many of each kind are needed before anything is judged' }),
})
export type SpamLearning = Static<typeof SpamLearning>
