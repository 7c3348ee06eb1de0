import { useMemo, useRef, useState } from 'react'
import type { Conversation } from '../../conversations.contract.ts'
import type { Act } from './acts.ts'
import { doToMany, useRefusals, useRun } from './bulkRun.ts'
import type { RowHands } from './rowContext.ts'
import type { Queue } from './useQueue.ts'
import { useSelection } from './useSelection.ts'

export type Picker = 'assign' | 'team' | 'status' | 'priority' | 'tag' | 'snooze' | 'more' | 'merge'

/** What hands do in a list: pick rows, change one or all that are picked, open a row's menu. */
export function useHands({ query, rows }: Queue) {
  const order = useMemo(() => rows.map((row) => row.number), [rows])
  const { selection, pick, only, pickAll, clear } = useSelection(query, order)
  const [menu, setMenu] = useState<{ row: Conversation; at: { x: number; y: number } } | null>(null)
  const [picker, setPicker] = useState<Picker | null>(null)
  const run = useRun()
  const refusals = useRefusals()
  const picked = useRef(selection)
  picked.current = selection
  const row = useMemo<RowHands>(
    () => ({
      pick,
      picking: () => picked.current.numbers.size > 0,
      openMenu: (of, at) => setMenu({ row: of, at }),
      act: (of, act) => void doToMany([of.number], act),
    }),
    [pick],
  )
  return {
    selection,
    pick,
    only,
    pickAll,
    clear,
    /** the bulk bar's popup that is open */
    picker,
    setPicker,
    menu,
    closeMenu: () => setMenu(null),
    /** Opens one of the bar's popups for this row, or for all that are picked when it is among them. */
    choose(of: Conversation, next: Picker) {
      if (!selection.numbers.has(of.number)) only(of.number)
      // Once the bar stands, and a menu has given the focus back.
      window.setTimeout(() => setPicker(next), 60)
    },
    running: run,
    refusals,
    row,
    rows,
    /** Does it to all that are picked; the selection ends with it. */
    act(act: Act) {
      const numbers = [...selection.numbers]
      clear()
      void doToMany(numbers, act)
    },
  }
}
export type Hands = ReturnType<typeof useHands>
