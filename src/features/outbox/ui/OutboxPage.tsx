import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys } from '#console/api/query.ts'
import { get, post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Textarea } from '#console/kit/Input.tsx'
import { Page } from '#console/kit/List.tsx'
import { EmptyState, ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Tabs } from '#console/kit/Tabs.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import { AttachmentList } from '#features/attachments/ui/AttachmentList.tsx'
import type { OutboxMail } from '../outbox.contract.ts'
import styles from './Outbox.module.css'
import { PlayedCustomers } from './PlayedCustomers.tsx'

interface Mails {
  items: OutboxMail[]
  nextCursor: string | null
}

/** The test mailbox: what would have left, as the customer would see it, and a way to answer as the customer. */
export function OutboxPage() {
  const { t } = useTranslation('settings')
  const query = useInfiniteQuery({
    queryKey: keys.outbox,
    queryFn: ({ pageParam, signal }) =>
      get<Mails>('/outbox', { query: { limit: 20, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })
  const mails = query.data?.pages.flatMap((page) => page.items)
  return (
    <Page title={t('outbox.title')} lead={<MenuButton />} words={t('outbox.words')}>
      <PlayedCustomers />
      {!mails && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!mails && !query.isError && <Skeleton lines={4} row={64} />}
      {mails?.length === 0 && (
        <EmptyState icon="outbox" title={t('outbox.empty')} words={t('outbox.emptyWords')} />
      )}
      <div className={styles.mails}>
        {mails?.map((mail) => (
          <Mail key={mail.id} mail={mail} />
        ))}
      </div>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </Page>
  )
}

type Side = 'html' | 'text' | 'source'

/** It asks a colleague or a partner. */
const isInside = ({ system, message }: OutboxMail) => !system && message === null

function Mail({ mail }: { mail: OutboxMail }) {
  const { t } = useTranslation('settings')
  const [side, setSide] = useState<Side>(mail.html ? 'html' : 'text')
  const [answering, setAnswering] = useState(false)
  const sides = (['html', 'text', 'source'] as const).filter((each) => each !== 'html' || mail.html)
  return (
    <article className={styles.mail} aria-label={mail.subject}>
      <header className={styles.head}>
        <h2 className={styles.subject}>{mail.subject}</h2>
        <span className={styles.when}>
          {mail.system && <Badge>{t('outbox.system')}</Badge>} <Time at={mail.at} />
        </span>
        <p className={styles.people}>
          {mail.from} → {mail.to.join(', ')}
        </p>
      </header>
      <Tabs
        value={side}
        onChange={setSide}
        label={t('outbox.sides')}
        tabs={sides.map((value) => ({ value, label: t(`outbox.side.${value}`) }))}
      >
        <Body mail={mail} side={side} />
      </Tabs>
      <AttachmentList
        attachments={mail.attachments.filter((file) => !file.inline || side !== 'html')}
        item={mail.message ?? undefined}
      />
      <footer className={styles.foot}>
        {!mail.system && !answering && (
          <Button icon="reply" onClick={() => setAnswering(true)}>
            {t(isInside(mail) ? 'outbox.answerInside' : 'outbox.answer')}
          </Button>
        )}
        {mail.conversation !== null && (
          <Link to="/conversations/$number" params={{ number: String(mail.conversation) }} search={{}}>
            {t('outbox.conversation', { number: mail.conversation })}
          </Link>
        )}
      </footer>
      {answering && <Answer mail={mail} onDone={() => setAnswering(false)} />}
    </article>
  )
}

/** px the frame keeps free above and below (Outbox.module.css), and a little for fractions */
const framePadding = 28

/** The mail's own HTML in a frame that can run nothing and fetch nothing. */
function Body({ mail, side }: { mail: OutboxMail; side: Side }) {
  if (side !== 'html') return <pre className={styles.plain}>{side === 'text' ? mail.text : mail.source}</pre>
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data: ${location.origin}/api/v1/attachments/`
  return (
    <iframe
      className={styles.frame}
      title={mail.subject}
      sandbox="allow-same-origin"
      srcDoc={`<meta http-equiv="Content-Security-Policy" content="${policy}"><style>body{margin:0;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}body>:first-child{margin-top:0}</style>${mail.html}`}
      onLoad={({ currentTarget: frame }) => {
        frame.style.height = `${(frame.contentDocument?.documentElement.scrollHeight ?? 120) + framePadding}px`
      }}
    />
  )
}

function Answer({ mail, onDone }: { mail: OutboxMail; onDone: () => void }) {
  const { t } = useTranslation('settings')
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const send = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await post(`/outbox/${mail.id}/answer`, { text })
      say(t(isInside(mail) ? 'outbox.answeredInside' : 'outbox.answered'))
      onDone()
    } catch (error) {
      setProblem(reasonOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className={styles.answer}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field label={t('outbox.answerAs', { address: mail.to[0] })} error={problem}>
        <Textarea rows={4} value={text} onChange={setText} autoFocus />
      </Field>
      <div className={styles.foot}>
        <Button type="submit" look="main" busy={busy} disabled={text.trim() === ''}>
          {t(isInside(mail) ? 'outbox.sendInside' : 'outbox.send')}
        </Button>
        <Button onClick={onDone}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
