// What is offered after a sign: / a saved reply, @ a colleague, : an emoji.
import type { Words } from './richWords.ts'

export interface Offer {
  id: string
  label: string
  hint?: string
  /** a short sign before it */
  lead?: string
  /** what takes the place of the sign and what was typed after it */
  insert: Words
  /** what is done beside it: an offer that opens something */
  run?: () => void
}
/** What fits the letters typed after a sign; may have to be fetched. */
export type Offers = Record<string, (typed: string) => Offer[] | Promise<Offer[]>>

export interface Asked {
  sign: string
  typed: string
  /** characters before the caret that are to be replaced */
  length: number
}
/** A sign stands at the beginning of a word; a time (14:02) or a fraction (1/2) asks for nothing. */
export function askedFor(before: string, signs: string): Asked | null {
  const match =
    /(?:^|[\s(])(@)([^\s/@]{1,64}@[^\s/@]{0,100})$/u.exec(before) ??
    /(?:^|[\s(])([/@])([^\n/@]{0,40})$/u.exec(before) ??
    /(?:^|[\s(])(:)([\p{L}_]{2,20})$/u.exec(before)
  const sign = match?.[1] ?? ''
  if (!match || !signs.includes(sign)) return null
  const typed = match[2] ?? ''
  return { sign, typed, length: typed.length + 1 }
}
