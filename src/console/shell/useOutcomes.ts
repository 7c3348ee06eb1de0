import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { change, discard, isEmpty, read } from '#features/drafts/ui/draftStore.ts'
import { queryClient } from '../api/query.ts'
import { say } from '../kit/Toast.tsx'
import { keptFiles } from '../offline/keptFiles.ts'
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
      const { conversation } = act
      if (!told && conversation !== null) {
        void queryClient.invalidateQueries({ queryKey: ['conversation', conversation] })
        if (act.kind === 'reply') settleReply(conversation, act, !error)
        else if (act.kind === 'comment' && error) bringBack(conversation, act)
      }
      // Who wrote a reply may be somewhere else by now, so both ends of it are said.
      if (error && (!told || act.kind === 'reply'))
        say(error.code === 'stale' ? t('askedFirst') : error.message, {
          tone: 'broken',
          act: open(conversation),
        })
      else if (!error && !told && act.kind === 'reply') say(t('sentNow'), { act: open(conversation) })
    })
  }, [t, navigate])
}

/** Files this person chose without a line, before a reload, for boxes that are not open. */
export function useKeptFiles(agent: string): void {
  useEffect(() => {
    void keptFiles(agent).then(async ({ length }) => {
      if (length > 0) await (await import('#features/attachments/ui/bringKept.ts')).bringKept(agent)
    })
  }, [agent])
}

const wordsOf = (act: Outcome['act']) => (act.body as { text?: string }).text ?? ''

/** After a reload the draft is all there is of a reply: gone when it was sent, marked when it was stopped. */
function settleReply(number: number, act: Outcome['act'], sent: boolean): void {
  const { saved, content } = read(number, 'draft')
  if (sent && (saved === 'loading' || content.text.trimEnd() === wordsOf(act))) void discard(number, 'draft')
  else if (!sent && saved !== 'loading') change(number, 'draft', { stopped: true })
}

/** A comment that was refused is there again, unless another one is being written. */
function bringBack(number: number, act: Outcome['act']): void {
  if (isEmpty(read(number, 'comment-draft').content)) change(number, 'comment-draft', { text: wordsOf(act) })
}
