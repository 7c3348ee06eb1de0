import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import type { Conversation } from '../conversations.contract.ts'
import styles from './SpamLine.module.css'

/** Why this began as spam, in words of the mail itself, and the way back. */
export function SpamLine({
  conversation: { spam, spamVerdict: verdict },
  onNotSpam,
}: {
  conversation: Pick<Conversation, 'spam' | 'spamVerdict'>
  onNotSpam: () => void
}) {
  const { t } = useTranslation('console')
  if (!spam || !verdict) return null
  return (
    <div className={styles.line}>
      <Icon name="warning" />
      <p>
        {t(`spamBecause.${verdict.by === 'learned' && verdict.words.length === 0 ? 'wordless' : verdict.by}`)}{' '}
        {verdict.words.map((word, n) => (
          <span key={word}>
            {n > 0 && ', '}
            <bdi>{word}</bdi>
          </span>
        ))}
      </p>
      <Button size="small" onClick={onNotSpam}>
        {t('notSpam')}
      </Button>
    </div>
  )
}
