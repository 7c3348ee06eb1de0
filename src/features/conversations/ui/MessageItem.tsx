import { memo, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '#console/kit/Avatar.tsx'
import { BareButton } from '#console/kit/Button.tsx'
import { Time } from '#console/kit/Time.tsx'
import { AttachmentList } from '#features/attachments/ui/AttachmentList.tsx'
import { OpenSeal } from '#features/attachments/ui/OpenSeal.tsx'
import type { Conversation, Message } from '../conversations.contract.ts'
import { DeliveryLine } from './DeliveryLine.tsx'
import { MailFrame } from './MailFrame.tsx'
import { MessageActs } from './MessageActs.tsx'
import styles from './MessageItem.module.css'
import { MessageMarks } from './MessageMarks.tsx'
import { plainEnough } from './mailDocument.ts'
import { MessageDetails, PrivateLine } from './rare.ts'
import { useToLine } from './useToLine.ts'
import { Words } from './Words.tsx'

/** One message. The customer's and ours are told apart by the name and a tint, never by left and right. */
export const MessageItem = memo(function MessageItem({
  message,
  number,
  inbox,
  last,
}: {
  message: Message
  number: number
  inbox: Conversation['inbox']
  last: boolean
}) {
  const { t } = useTranslation('timeline')
  const [details, setDetails] = useState(false)
  const name = message.author.name ?? message.from?.name ?? message.from?.address ?? message.author.address
  const shown = name ?? t('console:unknownCustomer')
  const html = message.html && !plainEnough(message.html) ? message.html : null
  const toLine = useToLine(message, inbox)
  return (
    <article
      className={styles.message}
      data-ours={message.direction === 'out' || undefined}
      data-cancelled={message.state === 'cancelled' || undefined}
      aria-label={shown}
      tabIndex={-1}
    >
      <header className={styles.head}>
        <Avatar name={shown} />
        <h2 className={styles.who}>
          <BareButton
            className={styles.to}
            aria-expanded={details}
            onClick={() => setDetails(!details)}
            title={message.author.address ?? message.from?.address ?? undefined}
          >
            <span className={styles.name}>{shown}</span> <span className={styles.toWords}>{toLine}</span>
          </BareButton>
        </h2>
        <MessageMarks message={message} />
        <Time at={message.at} className={styles.at} />
        {!message.erased && <MessageActs message={message} number={number} />}
      </header>
      <Suspense>{details && <MessageDetails message={message} />}</Suspense>
      <div className={styles.body}>
        {message.erased && (
          <p className={styles.erased}>
            {t('erased', {
              name: message.erased.by ?? t('console:author.system'),
              reason: message.erased.reason,
            })}
          </p>
        )}
        {message.sealed && (
          <div className={styles.sealed}>
            <p className={styles.erased}>
              {t('sealed', {
                name: message.sealed.by ?? t('console:author.system'),
                reason: message.sealed.reason,
              })}
            </p>
            <OpenSeal seal={message.sealed.id} />
          </div>
        )}
        {!message.sealed && !message.erased && message.hints.length > 0 && (
          <Suspense>
            <PrivateLine message={message} number={number} />
          </Suspense>
        )}
        {html ? (
          <MailFrame html={html} message={message}>
            <Words text={message.fold ? message.text.slice(0, message.fold.from) : message.text} />
          </MailFrame>
        ) : (
          <Words text={message.text} fold={message.fold} />
        )}
        <AttachmentList
          attachments={message.attachments.filter((each) =>
            message.sealed ? each.seal !== message.sealed.id : !each.inline || !html,
          )}
          item={message.id}
        />
      </div>
      {message.direction === 'out' && <DeliveryLine message={message} number={number} last={last} />}
    </article>
  )
})
