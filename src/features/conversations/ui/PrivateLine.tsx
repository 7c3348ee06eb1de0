import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Message } from '../conversations.contract.ts'
import { EraseDialog, SealDialog } from './eraseWhenAsked.ts'
import styles from './PrivateLine.module.css'

/** A card number or a passport in a mail: what can be done about it, until somebody has. */
export function PrivateLine({ message, number }: { message: Message; number: number }) {
  const { t } = useTranslation('timeline')
  const [asking, setAsking] = useState<'seal' | 'erase' | null>(null)
  const [checked, setChecked] = useState(false)
  const admin = useMe().role === 'admin'
  if (checked || message.hints.length === 0) return null
  const check = () => {
    setChecked(true)
    void put(`/messages/${message.id}/check`, {})
      .then(() => queryClient.invalidateQueries({ queryKey: keys.conversation(number) }))
      .catch((error) => {
        setChecked(false)
        say(reasonOf(error))
      })
  }
  const close = (open: boolean) => !open && setAsking(null)
  return (
    <div className={styles.line} role="note">
      <Icon name="lock" />
      <span className={styles.words}>{t(`hint.${message.hints.join('_')}`)}</span>
      <span className={styles.acts}>
        <Button look="quiet" size="small" onClick={() => setAsking('seal')}>
          {t('seal')}
        </Button>
        {admin && (
          <Button look="quiet" size="small" onClick={() => setAsking('erase')}>
            {t('erase')}
          </Button>
        )}
        <Button look="quiet" size="small" onClick={check}>
          {t('checked')}
        </Button>
      </span>
      <SealDialog item={message} number={number} open={asking === 'seal'} onOpenChange={close} />
      {admin && <EraseDialog item={message} number={number} open={asking === 'erase'} onOpenChange={close} />}
    </div>
  )
}
