// One act on many conversations: shown at once, sent in portions, stopped when asked, told in one sentence with an
// undo. It goes on while one reads elsewhere, so it lives outside of every screen.
import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { post } from '#console/api/request.ts'
import { say, unsay } from '#console/kit/Toast.tsx'
import type { BulkAnswer } from '../../conversations.contract.ts'
import type { Act } from './acts.ts'
import { freshenLists } from './freshenLists.ts'
import { showMany } from './showMany.ts'

export const portion = 100
export interface Refused {
  number: number
  reason: string
}
interface Run {
  total: number
  done: number
  stopping: boolean
}
let run: Run | null = null
/** One sentence with one undo at a time: the newest. */
let lastSaid: string | null = null
let refusals: readonly Refused[] = []
const listeners = new Set<() => void>()
function tell() {
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
/** What is on its way, when it takes more than one portion. */
export const useRun = () => useSyncExternalStore(subscribe, () => run)
/** Which could not be changed and why, once one asked to see them. */
export const useRefusals = () => useSyncExternalStore(subscribe, () => refusals)
export const showRefusals = (list: readonly Refused[]) => {
  refusals = list
  tell()
}
export function stopRun() {
  if (run) run = { ...run, stopping: true }
  tell()
}

const words = (key: string, more: Record<string, unknown> = {}) => i18next.t(`queue:${key}`, more)
const conversations = (count: number) => words('conversations', { count })

interface Outcome {
  changes: string[]
  done: number[]
  refused: Refused[]
  /** asked for and not tried: stopped, or the server could not be reached */
  left: number[]
  error: unknown
}

/**
 * Does it; fulfilled when the last portion is answered. Never throws: what went wrong is said.
 * @param onUndo goes back to where it was done
 */
export async function doToMany(numbers: readonly number[], act: Act, onUndo?: () => void): Promise<void> {
  if (numbers.length === 0 || run) return
  const takeBack = showMany(numbers, act.shows)
  const outcome = await inPortions(numbers, act)
  takeBack([...outcome.refused.map(({ number }) => number), ...outcome.left])
  const undo = async () => {
    takeBack(outcome.done)
    onUndo?.()
    await undoAll(outcome, act)
  }
  report(outcome, act, undo)
  await freshen(numbers)
}

async function inPortions(numbers: readonly number[], act: Act): Promise<Outcome> {
  const outcome: Outcome = { changes: [], done: [], refused: [], left: [], error: null }
  if (numbers.length > portion) run = { total: numbers.length, done: 0, stopping: false }
  tell()
  for (let from = 0; from < numbers.length; from += portion) {
    const some = numbers.slice(from, from + portion)
    if (run?.stopping || outcome.error) outcome.left.push(...some)
    else await onePortion(some, act, outcome)
    if (run) run = { ...run, done: Math.min(numbers.length, from + portion) }
    tell()
  }
  run = null
  tell()
  return outcome
}

async function onePortion(numbers: readonly number[], act: Act, outcome: Outcome) {
  try {
    const { id, answers } = await post<BulkAnswer>('/conversations/bulk', { numbers, do: act.do })
    outcome.changes.push(id)
    for (const { number, ok, text } of answers)
      if (ok) outcome.done.push(number)
      else outcome.refused.push({ number, reason: text ?? '' })
  } catch (error) {
    outcome.error = error
    outcome.left.push(...numbers)
  }
}

function report({ done, refused, left, error }: Outcome, act: Act, undo: () => Promise<void>) {
  if (done.length > 0) {
    const what = words(`done.${act.done}`, { name: act.name, what: conversations(done.length) })
    const stopped = left.length > 0 ? ` ${words('stopped', { what: conversations(left.length) })}` : ''
    if (lastSaid) unsay(lastSaid)
    lastSaid = say(what + stopped, { act: { label: i18next.t('console:undo'), run: () => void undo() } })
  }
  if (error) say(reasonOf(error), { tone: 'broken' })
  if (refused.length > 0) sayRefused(refused)
}

function sayRefused(refused: readonly Refused[]) {
  const [first] = refused
  if (refused.length === 1)
    return say(words('refusedOne', { number: first!.number, reason: first!.reason }), { tone: 'broken' })
  return say(words('refusedMany', { what: conversations(refused.length) }), {
    tone: 'broken',
    act: { label: words('refusedShow'), run: () => showRefusals(refused) },
  })
}

async function undoAll({ changes, done }: Outcome, act: Act) {
  const refused: Refused[] = []
  try {
    for (const id of changes.toReversed()) {
      const { answers } = await post<BulkAnswer>(`/bulk/${id}/undo`)
      for (const { number, ok, text } of answers) if (!ok) refused.push({ number, reason: text ?? '' })
    }
    // What one has read is no change of the conversation: the server's undo does not know it.
    if (act.do.read !== undefined)
      for (let from = 0; from < done.length; from += portion)
        await post('/conversations/bulk', {
          numbers: done.slice(from, from + portion),
          do: { read: !act.do.read },
        })
    if (refused.length > 0) sayRefused(refused)
    else say(words('undone'))
  } catch (error) {
    say(reasonOf(error), { tone: 'broken' })
  }
  await freshen(done)
}

async function freshen(numbers: readonly number[]) {
  const asked = new Set(numbers)
  void queryClient.invalidateQueries({ queryKey: keys.views })
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === 'conversation' && asked.has(queryKey[1] as number),
  })
  await freshenLists(numbers)
}
