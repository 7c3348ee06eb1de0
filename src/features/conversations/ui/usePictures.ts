import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { patch } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import type { Me } from '#features/agents/agents.contract.ts'
import type { Message } from '../conversations.contract.ts'

/** What is shown in a frame: a message, or the form of a comment. */
export type Framed = Pick<Message, 'id' | 'attachments' | 'from' | 'verified' | 'direction'>

/** The sender to remember. Who he is must be vouched for: else anybody could call himself so. */
const senderOf = ({ from, verified, direction }: Framed): string | null =>
  direction === 'in' && verified !== false ? (from?.address.toLowerCase() ?? null) : null

/** Whether a mail's remote pictures are shown: asked for now, or always from this sender. */
export function usePictures(message: Framed) {
  const me = useMe()
  const [asked, setAsked] = useState(false)
  const sender = senderOf(message)
  const { picturesFrom } = me.settings
  const always = sender !== null && picturesFrom.includes(sender)
  const remember = useMutation({
    mutationFn: (list: string[]) => patch<Me>('/me', { settings: { picturesFrom: list } }),
    onMutate: (list) => {
      const before = queryClient.getQueryData<Me>(keys.me)
      queryClient.setQueryData<Me>(
        keys.me,
        (old) => old && { ...old, settings: { ...old.settings, picturesFrom: list } },
      )
      return before
    },
    onError: (error, _list, before) => {
      queryClient.setQueryData(keys.me, before)
      say(reasonOf(error), { tone: 'broken' })
    },
  })
  const others = picturesFrom.filter((address) => address !== sender)
  return {
    shown: asked || always,
    sender,
    always,
    show: () => setAsked(true),
    setAlways: (on: boolean) => {
      if (!sender) return
      setAsked(on)
      remember.mutate(on ? [...others, sender].slice(-1000) : others)
    },
  }
}
