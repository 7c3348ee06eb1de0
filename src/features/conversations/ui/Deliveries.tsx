import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { Button } from '#console/kit/Button.tsx'
import { CopyText } from '#console/kit/CopyText.tsx'
import { Input } from '#console/kit/Input.tsx'
import { fullTime } from '#console/time.ts'
import type { Delivery, Message } from '../conversations.contract.ts'
import styles from './DeliveryLine.module.css'
import type { Sendings } from './useSendings.ts'

const unreached = new Set(['failed', 'bounced', 'uncertain'])

/** Every recipient with every try, in the words of the server that answered. */
export function Deliveries({ message, sendings }: { message: Message; sendings: Sendings }) {
  const { t, i18n } = useTranslation('console')
  return (
    <ul className={styles.attempts}>
      {message.deliveries.map((delivery) => (
        <li key={delivery.recipient}>
          <p data-bad={unreached.has(delivery.state) || undefined}>
            <span className={styles.recipient}>
              <CopyText value={delivery.recipient} />
            </span>{' '}
            {t(`delivery.${delivery.state}`)}
          </p>
          {delivery.attempts.map((attempt) => (
            <p key={attempt.at} className={styles.attempt}>
              <time dateTime={attempt.at}>{fullTime(attempt.at, i18n.language)}</time> · {attempt.code}{' '}
              {attempt.text}
            </p>
          ))}
          {unreached.has(delivery.state) && <Elsewhere delivery={delivery} sendings={sendings} />}
        </li>
      ))}
    </ul>
  )
}

/** The same words to another address of the same person. */
function Elsewhere({ delivery, sendings }: { delivery: Delivery; sendings: Sendings }) {
  const { t } = useTranslation('timeline')
  const [to, setTo] = useState('')
  const { elsewhere } = sendings
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (to.trim()) elsewhere.mutate({ instead: delivery.recipient, to: to.trim() })
  }
  return (
    <form className={styles.elsewhere} onSubmit={send}>
      <Input
        type="email"
        autoComplete="off"
        aria-label={t('otherAddress', { address: delivery.recipient })}
        placeholder={t('otherAddressShort')}
        value={to}
        onChange={setTo}
      />
      <Button type="submit" busy={elsewhere.isPending} disabled={to.trim() === ''}>
        {t('sendThere')}
      </Button>
      {elsewhere.isError && (
        <p role="alert" className={styles.trouble}>
          {reasonOf(elsewhere.error)}
        </p>
      )}
    </form>
  )
}
