import { createContext, useContext } from 'react'
import type { Conversation } from '../../conversations.contract.ts'
import type { Act } from './acts.ts'

/** What a row can ask of its list. One object that never changes, so that rows are not drawn anew for it. */
export interface RowHands {
  pick: (number: number, range: boolean) => void
  /** whether a touch on a row picks it, because others are */
  picking: () => boolean
  openMenu: (row: Conversation, at: { x: number; y: number }) => void
  act: (row: Conversation, act: Act) => void
}
export const RowHandsContext = createContext<RowHands | null>(null)
export const useRowHands = (): RowHands => {
  const hands = useContext(RowHandsContext)
  if (!hands) throw new Error('a row outside its list')
  return hands
}
