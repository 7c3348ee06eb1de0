import { createContext, useContext } from 'react'

/** Opens the rail where it is a drawer (the phone). */
export const RailDrawer = createContext<() => void>(() => {})
export const useRailDrawer = () => useContext(RailDrawer)
