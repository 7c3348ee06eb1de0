import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '#console/kit/Avatar.tsx'
import { IconButton } from '#console/kit/Button.tsx'
import { Menu, MenuItem } from '#console/kit/Menu.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { AttachmentList } from '#features/attachments/ui/AttachmentList.tsx'
import type { Mailbox, Message, OpenedConversation } from '../conversations.contract.ts'
import { DeliveryLine } from './DeliveryLine.tsx'
import { MailFrame } from './MailFrame.tsx'
import styles from './MessageItem.module.css'
import { plainEnough } from './mailDocument.ts'
import { Words } from './Words.tsx'

/** One message. The customer's and ours are told apart by the name and a tint, never by left and right. */
export function MessageItem({
  message,
  conversation,
  last,
}: {
  message: Message
  conversation: OpenedConversation
  last: boolean
}) {
  const { t } = useTranslation('console')
  const [details, setDetails] = useState(false)
  const name = message.author.name ?? message.from?.name ?? message.from?.address ?? message.author.address
  const shown = name ?? t('unknownCustomer')
  const html = message.direction === 'in' && message.html && !plainEnough(message.html) ? message.html : null
  return (
    <article
      className={styles.message}
      data-ours={message.direction === 'out' || undefined}
      data-cancelled={message.state === 'cancelled' || undefined}
      aria-label={shown}
    >
      <header className={styles.head}>
        <Avatar name={shown} />
        <div className={styles.who}>
          <span className={styles.name}>{shown}</span>
          <button
            type="button"
            className={styles.to}
            aria-expanded={details}
            onClick={() => setDetails(!details)}
            title={t('details')}
          >
            {toLine(message, t)}
          </button>
        </div>
        <Marks message={message} />
        <Time at={message.at} className={styles.at} />
        <Acts message={message} number={conversation.number} />
      </header>
      {details && <Details message={message} />}
      <div className={styles.body}>
        {html ? (
          <MailFrame html={html} message={message} />
        ) : (
          <Words text={message.text} fold={message.fold} />
        )}
        <AttachmentList attachments={message.attachments.filter((each) => !each.inline || !html)} />
      </div>
      {message.direction === 'out' && (
        <DeliveryLine message={message} number={conversation.number} last={last} />
      )}
    </article>
  )
}

function toLine(message: Message, t: TFunction<'console'>): string {
  if (message.medium === 'phone') return t('byPhone')
  const people = [...message.to, ...message.cc].map((each) => each.name ?? each.address)
  if (people.length === 0) return message.direction === 'in' ? t('details') : ''
  const shown = people.slice(0, 2).join(', ')
  return people.length > 2
    ? t('toMore', { names: shown, count: people.length - 2 })
    : t('toNames', { names: shown })
}

function Marks({ message }: { message: Message }) {
  const { t } = useTranslation('console')
  return (
    <>
      {message.automatic && <Badge>{t('automatic')}</Badge>}
      {message.verified === false && (
        <span title={t('unverifiedWords')}>
          <Badge tone="warm">{t('unverified')}</Badge>
        </span>
      )}
    </>
  )
}

const written = ({ name, address }: Mailbox) => (name ? `${name} <${address}>` : address)
function Details({ message }: { message: Message }) {
  const { t } = useTranslation('console')
  const lines = [
    [t('from'), message.from ? [message.from] : []],
    [t('to'), message.to],
    [t('cc'), message.cc],
  ] as const
  return (
    <dl className={styles.details}>
      {lines.map(
        ([name, people]) =>
          people.length > 0 && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{people.map(written).join(', ')}</dd>
            </div>
          ),
      )}
      {message.subject && (
        <div>
          <dt>{t('subject')}</dt>
          <dd>{message.subject}</dd>
        </div>
      )}
    </dl>
  )
}

function Acts({ message, number }: { message: Message; number: number }) {
  const { t } = useTranslation('console')
  const copy = (text: string, done: string) =>
    void navigator.clipboard?.writeText(text).then(
      () => say(done),
      () => {},
    )
  return (
    <Menu align="end" trigger={<IconButton name="more" size="small" label={t('messageActs')} />}>
      <MenuItem icon="copy" onClick={() => copy(message.text, t('textCopied'))}>
        {t('copyText')}
      </MenuItem>
      <MenuItem
        icon="external"
        onClick={() => copy(`${location.origin}/conversations/${number}?item=${message.id}`, t('linkCopied'))}
      >
        {t('copyLink')}
      </MenuItem>
      {message.medium === 'mail' && (
        <MenuItem
          icon="log"
          onClick={() => window.open(`/api/v1/messages/${message.id}/source`, '_blank', 'noopener')}
        >
          {t('rawSource')}
        </MenuItem>
      )}
    </Menu>
  )
}
