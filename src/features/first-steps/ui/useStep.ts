import { useNavigate } from '@tanstack/react-router'
import { reasonOf } from '#console/api/ApiError.ts'
import { post } from '#console/api/request.ts'
import { showKeys } from '#console/commands/desk.ts'
import { runCommand } from '#console/commands/registry.ts'
import { say } from '#console/kit/Toast.tsx'
import type { FirstSteps, StepId } from '../first-steps.contract.ts'

/** What a step's button does; null: it is not to be done here, or not yet. */
export function useStep({ conversation, leaves, steps }: FirstSteps): (id: StepId) => (() => unknown) | null {
  const navigate = useNavigate()
  const open = (number: number) =>
    void navigate({ to: '/views/$view/$number', params: { view: 'open', number: String(number) } })
  const settings = (page: string, hash?: string) => () =>
    void navigate({ to: '/settings/$page', params: { page }, ...(hash ? { hash } : {}) })
  const letOneCome = async () => {
    try {
      const answer = await post<{ conversation: number | null }>('/first-steps/test-mail', {})
      if (answer.conversation !== null) open(answer.conversation)
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    }
  }
  const answered = steps.some(({ id, done }) => id === 'answer' && done)
  const acts: Record<StepId, (() => unknown) | null> = {
    'test-mail': leaves ? null : letOneCome,
    answer: conversation === null ? null : () => open(conversation),
    'customer-answers': leaves || !answered ? null : () => void navigate({ to: '/outbox' }),
    inbox: settings('channels'),
    invite: settings('agents', 'new'),
    signature: settings('profile'),
    'saved-reply': settings('saved-replies', 'new'),
    keyboard: () => runCommand(showKeys),
    notifications: settings('notifications'),
  }
  return (id) => acts[id]
}
