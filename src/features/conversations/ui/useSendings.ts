import { useMutation } from '@tanstack/react-query'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { post, put } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import type { Message } from '../conversations.contract.ts'
import { hideUndoBar } from './undoBar.ts'
import { undoSending } from './undoSending.ts'

/** What can be done with a message on its way out. Each shows what came of it. */
export function useSendings(message: Message, number: number) {
  const outcome = {
    onError: (error: unknown) => say(reasonOf(error), { tone: 'broken' }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: keys.conversation(number) }),
  }
  return {
    takeBack: useMutation({ mutationFn: () => undoSending(number, message) }),
    release: useMutation({
      mutationFn: () => {
        hideUndoBar(message.id)
        return put(`/messages/${message.id}/sending`)
      },
      ...outcome,
    }),
    elsewhere: useMutation({
      mutationFn: (body: { instead: string; to: string }) => post(`/messages/${message.id}/recipients`, body),
      onSettled: outcome.onSettled,
    }),
  }
}
export type Sendings = ReturnType<typeof useSendings>
