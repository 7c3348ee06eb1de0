import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { del, post } from '#console/api/request.ts'
import { useCommand } from '#console/commands/useCommands.ts'
import { say } from '#console/kit/Toast.tsx'
import type { Conversation } from '../../conversations.contract.ts'
import { takeNext } from './commands.ts'
import { freshenLists } from './freshenLists.ts'

/** The most urgent one that waits in one's teams becomes one's own, and is opened; the way back stands beside it. */
export function useTakeNext(): void {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const busy = useRef(false)
  const take = async () => {
    if (busy.current) return
    busy.current = true
    try {
      const { conversation } = await post<{ conversation: Conversation | null }>('/queue/next', {})
      if (!conversation) return say(t('nothingNext'))
      const { number, subject } = conversation
      freshenLists([number])
      const giveBack = async () => {
        await del(`/conversations/${number}/assignee`).catch((error) =>
          say(reasonOf(error), { tone: 'broken' }),
        )
        freshenLists([number])
      }
      say(t('tookNext', { subject }), { act: { label: t('console:undo'), run: () => void giveBack() } })
      await navigate({ to: '/views/$view/$number', params: { view: 'mine', number: String(number) } })
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    } finally {
      busy.current = false
    }
  }
  useCommand(takeNext, () => void take())
}
