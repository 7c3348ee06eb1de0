// Merging and its undo, as a hand asks for them: done, told in one sentence with an undo, and every list made fresh.
import i18next from 'i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del, post } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import type { Conversation } from '../conversations.contract.ts'
import { freshenLists } from './queue/freshenLists.ts'

const words = (key: string, more: Record<string, unknown>) => i18next.t(`merging:${key}`, more)

export async function freshenMerged(numbers: readonly number[]): Promise<void> {
  for (const number of numbers) void queryClient.invalidateQueries({ queryKey: keys.conversation(number) })
  for (const queryKey of [keys.views, keys.drafts, ['list-of-customer']])
    void queryClient.invalidateQueries({ queryKey })
  await freshenLists(numbers)
}

/** @returns whether all of it was done; what was not is said */
export async function mergeAll(numbers: readonly number[], into: number): Promise<boolean> {
  const done: number[] = []
  try {
    for (const number of numbers) {
      await post<Conversation>(`/conversations/${number}/merge`, { into })
      done.push(number)
    }
  } catch (error) {
    say(reasonOf(error), { tone: 'broken' })
  }
  if (done.length > 0) {
    say(words('done', { count: done.length, number: done[0], into }), {
      act: { label: i18next.t('console:undo'), run: () => void takeApart(done, into) },
    })
    await freshenMerged([...done, into])
  }
  return done.length === numbers.length
}

export async function takeApart(numbers: readonly number[], from: number): Promise<void> {
  try {
    for (const number of numbers.toReversed()) await del(`/conversations/${number}/merge`)
    say(words('apart', { count: numbers.length, number: numbers[0], from }))
  } catch (error) {
    say(reasonOf(error), { tone: 'broken' })
  }
  await freshenMerged([...numbers, from])
}
