import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { change, discard, read } from '#features/drafts/ui/draftStore.ts'
import { queryClient } from '../api/query.ts'
import { say } from '../kit/Toast.tsx'
import { type Outcome, onOutcome } from '../offline/waiting.ts'

/** Says what became of what waited for the line, where nobody on screen is told in another way. */
export function useOutcomes(): void {
  const { t } = useTranslation('console')
  const navigate = useNavigate()
  useEffect(() => {
    const open = (number: number | null) =>
      number === null
        ? undefined
        : {
            label: t('openConversation'),
            run: () => void navigate({ to: '/conversations/$number', params: { number: String(number) } }),
          }
    return onOutcome(({ act, error, told }: Outcome) => {
      if (act.conversation !== null && !told)
        void queryClient.invalidateQueries({ queryKey: ['conversation', act.conversation] })
      if (told) return
      if (act.kind !== 'change' && act.conversation !== null) settleDraft(act, act.conversation, error?.code)
      if (!error)
        return act.kind === 'reply' ? void say(t('sentNow'), { act: open(act.conversation) }) : undefined
      const words = error.code === 'stale' ? t('askedFirst') : error.message
      say(words, { tone: 'broken', act: open(act.conversation) })
    })
  }, [t, navigate])
}

/** After a reload the draft is all there is of it: gone when it was sent, marked when the guard stopped it. */
function settleDraft(act: Outcome['act'], number: number, refused: string | undefined): void {
  const kind = act.kind === 'reply' ? 'draft' : 'comment-draft'
  if (refused === 'stale') change(number, kind, { stopped: true })
  const sent = (act.body as { text?: string }).text
  const draft = read(number, kind)
  if (!refused && (draft.saved === 'loading' || draft.content.text.trimEnd() === sent))
    void discard(number, kind)
}
