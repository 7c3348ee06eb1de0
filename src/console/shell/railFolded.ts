import { createContext, useContext } from 'react'
import { tip } from '../kit/Tooltip.tsx'

/** Whether the rail around shows icons only. */
export const RailFolded = createContext(false)

/** Words on hover for what has lost its own: nothing while the rail shows them anyway. */
export function useRailTip(): (words: string, keys?: string) => object {
  const folded = useContext(RailFolded)
  return (words, keys) => (folded ? tip(words, keys) : {})
}
