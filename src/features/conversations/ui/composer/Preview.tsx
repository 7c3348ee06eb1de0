import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Tabs } from '#console/kit/Tabs.tsx'
import { sizeWords } from '#console/time.ts'
import type { Attachment, Mailbox, NewMessage } from '../../conversations.contract.ts'
import { frameStyles } from '../frameStyles.ts'
import { mailDocument } from '../mailDocument.ts'
import styles from './Preview.module.css'

interface Previewed {
  from: Mailbox
  to: Mailbox[]
  cc: Mailbox[]
  bcc?: Mailbox[]
  subject: string
  text: string
  html: string
}

/** The letter as it leaves: whom it reaches, the words, the signature, the quote; as mail programs show it and as text. */
export function Preview({
  number,
  body,
  files,
  onClose,
}: {
  number: number
  body: () => NewMessage
  files: readonly Attachment[]
  onClose: () => void
}) {
  const { t } = useTranslation('composer')
  const [as, setAs] = useState<'html' | 'text'>('html')
  const [asked] = useState(body)
  const letter = useQuery({
    queryKey: ['preview', number, asked],
    queryFn: ({ signal }) => post<Previewed>(`/conversations/${number}/messages/preview`, asked, { signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t('previewTitle')}
      foot={<Button onClick={onClose}>{t('back')}</Button>}
    >
      {letter.isPending && <Skeleton lines={5} />}
      {letter.isError && <ErrorState error={letter.error} onRetry={() => void letter.refetch()} />}
      {letter.data && (
        <>
          <Heads letter={letter.data} files={files.filter((file) => !file.inline)} />
          <Tabs
            value={as}
            onChange={setAs}
            label={t('previewTitle')}
            tabs={[
              { value: 'html', label: t('asMail') },
              { value: 'text', label: t('asText') },
            ]}
          >
            {as === 'html' ? (
              <LetterFrame html={letter.data.html} />
            ) : (
              <pre className={styles.text} dir="auto">
                {letter.data.text}
              </pre>
            )}
          </Tabs>
        </>
      )}
    </Dialog>
  )
}

const written = ({ name, address }: Mailbox) => (name ? `${name} <${address}>` : address)
function Heads({ letter, files }: { letter: Previewed; files: readonly Attachment[] }) {
  const { t, i18n } = useTranslation('console')
  const lines = [
    [t('from'), written(letter.from)],
    [t('to'), letter.to.map(written).join(', ')],
    [t('cc'), letter.cc.map(written).join(', ')],
    [t('bcc'), (letter.bcc ?? []).map(written).join(', ')],
    [t('subject'), letter.subject],
    [
      t('attachments'),
      files.map((file) => `${file.name} (${sizeWords(file.size, i18n.language)})`).join(', '),
    ],
  ] as const
  return (
    <dl className={styles.heads}>
      {lines.map(
        ([name, words]) =>
          words && (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{words}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

function LetterFrame({ html }: { html: string }) {
  const { t } = useTranslation('composer')
  const source = useMemo(() => {
    const inline = new Map<string, string>()
    const own = html.replace(/src="[^"]*(\/api\/v1\/attachments\/(\d+))"/g, (_, url: string, id: string) => {
      inline.set(id, url)
      return `src="cid:${id}"`
    })
    return mailDocument(own, { inline, remote: false }, frameStyles('white', false), location.origin)
  }, [html])
  return (
    <iframe
      className={styles.frame}
      title={t('previewTitle')}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcDoc={source}
    />
  )
}
