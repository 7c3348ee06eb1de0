import { useCallback, useEffect, useRef, useState } from 'react'
import type { Conversation } from '../../conversations.contract.ts'
import { settle } from '../cache.ts'

const handRests = 2000

/** Rows that stay where they are while the pointer moves over them (and two seconds longer). */
export function useCalmRows(fresh: readonly Conversation[], list: string) {
  const [held, setHeld] = useState(false)
  const timer = useRef<number | undefined>(undefined)
  const shown = useRef<{ list: string; rows: readonly Conversation[] }>({ list, rows: [] })
  const release = useCallback(() => {
    window.clearTimeout(timer.current)
    setHeld(false)
  }, [])
  const hold = useCallback(() => {
    setHeld(true)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(release, handRests)
  }, [release])
  useEffect(() => () => window.clearTimeout(timer.current), [])
  const settled = settle(shown.current.list === list ? shown.current.rows : [], fresh, held)
  shown.current = { list, rows: settled.rows }
  return { ...settled, hold, release }
}
