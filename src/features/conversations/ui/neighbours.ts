import { createContext, useContext } from 'react'

/** The queue beside an open conversation: who comes before and after it. */
export interface Neighbours {
  numbers: readonly number[]
  /** Opens the row so many places on; answers whether there was one. */
  go: (delta: number) => boolean
  /** Opens this one, wherever it stands. */
  open: (number: number) => void
  /** Back to the queue alone. */
  leave: () => void
}
export const NeighboursContext = createContext<Neighbours | null>(null)
export const useNeighbours = () => useContext(NeighboursContext)
