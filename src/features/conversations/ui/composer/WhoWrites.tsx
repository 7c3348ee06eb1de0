import { useTranslation } from 'react-i18next'
import { usePresent } from '#console/live/useLive.ts'
import type { DraftInHand } from '#features/drafts/ui/useDraft.ts'
import type { OpenedConversation } from '../../conversations.contract.ts'
import styles from '../Composer.module.css'

export function WhoWrites({ conversation }: { conversation: OpenedConversation; draft: DraftInHand }) {
  const { t } = useTranslation('console')
  const others = usePresent(conversation.number).filter((person) => person.doing === 'replying')
  if (others.length === 0) return null
  return (
    <p className={styles.notice} role="status">
      {t('othersReply', { names: others.map((person) => person.name).join(', ') })}
    </p>
  )
}
