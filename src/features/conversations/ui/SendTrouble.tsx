import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import styles from './Composer.module.css'
import type { Send } from './useSend.ts'

/** Why it was not sent, and what can be done. The text stays where it is. */
export function SendTrouble({ send }: { send: Send }) {
  const { t } = useTranslation('console')
  const { trouble } = send
  if (!trouble) return null
  if (trouble.kind === 'failed' || trouble.kind === 'recipients')
    return (
      <div className={styles.trouble} data-broken="" role="alert">
        {trouble.kind === 'failed' ? t('sendFailed', { reason: trouble.words }) : trouble.words}
      </div>
    )
  const names =
    trouble.kind === 'stale'
      ? [...new Set(trouble.newer.map((item) => item.author.name ?? item.author.address ?? t('somebody')))]
      : []
  return (
    <div className={styles.trouble} role="alert">
      {trouble.kind === 'stale' ? t('stale', { names: names.join(', ') || t('somebody') }) : t('repeated')}
      <div className={styles.troubleActs}>
        <Button size="small" busy={send.busy} onClick={() => void send.send(true)}>
          {t('sendAnyway')}
        </Button>
        <Button size="small" onClick={send.edit}>
          {t('editOn')}
        </Button>
        {trouble.kind === 'stale' && (
          <Button size="small" onClick={() => void send.saveAsComment()}>
            {t('saveAsComment')}
          </Button>
        )}
        <Button size="small" look="quiet" onClick={() => void send.discard()}>
          {t('discard')}
        </Button>
      </div>
    </div>
  )
}
