import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { Button } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import type { Conversation } from '../../conversations.contract.ts'

/** Closing where somebody has begun to write is asked for once more: it may be what the customer waits for. */
export function CloseAsk({
  conversation,
  onAnswer,
}: {
  conversation: Conversation
  onAnswer: (close: boolean) => void
}) {
  const { t } = useTranslation('composer')
  const me = useMe()
  const others = conversation.drafts.filter(({ agent }) => agent.id !== me.id).map(({ agent }) => agent.name)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onAnswer(false)}
      title={t('closeAsk')}
      words={others.length > 0 ? t('closeAskTheirs', { names: others.join(', ') }) : t('closeAskMine')}
      foot={
        <>
          <Button onClick={() => onAnswer(false)}>{t('console:cancel')}</Button>
          <Button look="main" onClick={() => onAnswer(true)}>
            {t('closeAnyway')}
          </Button>
        </>
      }
    />
  )
}
