import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useCommands } from '#console/commands/useCommands.ts'
import type { Conversation } from '../../conversations.contract.ts'
import { backToQueue, nextRow, openRow, previousRow } from '../commands.ts'
import { useNeighbours } from '../neighbours.ts'
import { acts } from './acts.ts'
import {
  assignRow,
  closeRow,
  pickAll,
  pickRange,
  pickRow,
  priorityRow,
  snoozeRow,
  tagRow,
} from './commands.ts'
import type { Hands, Picker } from './useHands.ts'

/** j and k: from conversation to conversation when one is open, else a mark that Enter opens and x picks. */
export function useCursor({
  rows,
  open,
  view,
  hands,
  reveal,
}: {
  rows: readonly Conversation[]
  open: number | null
  view: string
  hands: Hands
  reveal: (index: number) => void
}): { mark: number | null; setMark: (number: number) => void } {
  const neighbours = useNeighbours()
  const navigate = useNavigate()
  const [mark, setMark] = useState<number | null>(null)
  const current = open ?? mark
  const move = (delta: number) => () => {
    if (open !== null) return void neighbours?.go(delta)
    const at = rows.findIndex((row) => row.number === mark)
    const next = Math.max(0, Math.min(rows.length - 1, at + delta))
    setMark(rows[next]?.number ?? null)
    reveal(next)
  }
  const closeAndGoOn = (row: Conversation) => {
    move(rows.at(-1) === row ? -1 : 1)()
    hands.row.act(row, acts.close())
  }
  const pick = (range: boolean) => () => {
    if (current !== null) hands.pick(current, range)
    else if (rows[0]) setMark(rows[0].number)
  }
  const marked = open === null && mark !== null ? rows.find((row) => row.number === mark) : undefined
  const onMarked = (picker: Picker) => () => {
    if (marked) hands.choose(marked, picker)
  }
  useCommands([
    { command: nextRow, run: move(1) },
    { command: previousRow, run: move(-1) },
    {
      command: openRow,
      keyOnly: true,
      off: !marked,
      run: () =>
        void navigate({
          to: '/views/$view/$number',
          params: { view, number: String(mark) },
          search: (old) => old,
        }),
    },
    {
      command: backToQueue,
      off: open === null,
      run: () => {
        setMark(open)
        neighbours?.leave()
      },
    },
    { command: pickRow, run: pick(false) },
    { command: pickRange, run: pick(true), keyOnly: true },
    { command: pickAll, run: (event) => (meantForRows(event, open) ? hands.pickAll() : false) },
    { command: closeRow, off: !marked, run: () => marked && closeAndGoOn(marked) },
    { command: assignRow, off: !marked, run: onMarked('assign') },
    { command: tagRow, off: !marked, run: onMarked('tag') },
    { command: priorityRow, off: !marked, run: onMarked('priority') },
    { command: snoozeRow, off: !marked, run: onMarked('snooze') },
  ])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another one is opened
  useEffect(() => {
    const index = rows.findIndex((row) => row.number === open)
    if (index < 0) return
    // With the frame that shows it: everything is laid out then anyway.
    const frame = requestAnimationFrame(() => reveal(index))
    return () => cancelAnimationFrame(frame)
  }, [open])
  return { mark: open === null ? mark : null, setMark }
}

/** Ctrl+A marks text where one types or reads; it is for the rows in the queue, or when nothing else is there. */
function meantForRows(event: KeyboardEvent | undefined, open: number | null): boolean {
  const target = event?.target
  if (!(target instanceof Element)) return true
  if (target.closest('input, textarea, select, [contenteditable]')) return false
  return open === null || target.closest('[data-queue]') !== null
}
