import { useTranslation } from 'react-i18next'
import { CopyText } from '#console/kit/CopyText.tsx'
import { fullTime } from '#console/time.ts'
import type { Mailbox, Message } from '../conversations.contract.ts'
import styles from './MessageItem.module.css'
import { SenderCheck } from './SenderCheck.tsx'

/** Who wrote to whom, as it stood in the mail. A click on an address copies it. */
export function MessageDetails({ message }: { message: Message }) {
  const { t, i18n } = useTranslation('timeline')
  const author = message.author.address
  const lines: [name: string, people: readonly Mailbox[]][] = [
    [t('console:from'), message.from ? [message.from] : []],
    [
      t('answersTo'),
      author && message.from && author !== message.from.address
        ? [{ name: message.author.name, address: author }]
        : [],
    ],
    [t('console:to'), message.to],
    [t('console:cc'), message.cc],
  ]
  return (
    <dl className={styles.details}>
      {lines.map(
        ([name, people]) =>
          people.length > 0 && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {people.map((person) => (
                  <span key={person.address} className={styles.person}>
                    {person.name && `${person.name} `}
                    <CopyText value={person.address} />
                  </span>
                ))}
              </dd>
            </div>
          ),
      )}
      {message.subject && (
        <div>
          <dt>{t('console:subject')}</dt>
          <dd>{message.subject}</dd>
        </div>
      )}
      <div>
        <dt>{t('date')}</dt>
        <dd>{fullTime(message.at, i18n.language)}</dd>
      </div>
      {message.direction === 'in' && message.evidence && (
        <SenderCheck message={message} evidence={message.evidence} />
      )}
    </dl>
  )
}
