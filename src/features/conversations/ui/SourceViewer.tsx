import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '#console/api/request.ts'
import { Button, buttonClass } from '#console/kit/Button.tsx'
import { CopyText, copyText } from '#console/kit/CopyText.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import type { Openable } from '#console/kit/popups.ts'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Tabs } from '#console/kit/Tabs.tsx'
import { Viewer } from '#console/kit/Viewer.tsx'
import { sizeWords } from '#console/time.ts'
import styles from './SourceViewer.module.css'

export interface SourceViewerProps extends Required<Openable> {
  message: string
}
interface Source {
  headers: { name: string; value: string }[]
  text: string
  size: number
  cut: boolean
}

/** A mail as it came: its headers decoded, or every letter of it. */
export function SourceViewer({ message, open, onOpenChange }: SourceViewerProps) {
  const { t, i18n } = useTranslation('timeline')
  const [tab, setTab] = useState<'headers' | 'raw'>('headers')
  const source = useQuery({
    queryKey: ['source', message],
    queryFn: ({ signal }) => get<Source>(`/messages/${message}/source/text`, { signal }),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  const { data } = source
  return (
    <Viewer
      open={open}
      onOpenChange={onOpenChange}
      title={data ? t('sourceOf', { size: sizeWords(data.size, i18n.language) }) : t('source')}
      acts={
        <>
          <Button
            look="quiet"
            icon="copy"
            disabled={!data}
            onClick={() => void copyText(data?.text ?? '', t('sourceCopied'), t('console:copyFailed'))}
          >
            {t('console:copy')}
          </Button>
          <a className={buttonClass('quiet')} href={`/api/v1/messages/${message}/source`} download>
            <Icon name="download" />
            .eml
          </a>
        </>
      }
    >
      <div className={styles.source}>
        {source.isError && <ErrorState error={source.error} onRetry={() => void source.refetch()} />}
        {source.isPending && <Skeleton lines={12} />}
        {data && (
          <Tabs
            value={tab}
            onChange={setTab}
            label={t('source')}
            tabs={[
              { value: 'headers', label: t('headers') },
              { value: 'raw', label: t('raw') },
            ]}
          >
            {tab === 'headers' ? <Headers headers={data.headers} /> : <Raw text={data.text} cut={data.cut} />}
          </Tabs>
        )}
      </div>
    </Viewer>
  )
}

function Headers({ headers }: { headers: Source['headers'] }) {
  // The same name stands there more than once (Received), in an order that matters.
  const keyed = headers.map((header, at) => ({ ...header, key: `${at} ${header.name}` }))
  return (
    <dl className={styles.headers}>
      {keyed.map(({ key, name, value }) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd dir="auto">
            <CopyText value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Raw({ text, cut }: { text: string; cut: boolean }) {
  const { t } = useTranslation('timeline')
  return (
    <>
      <pre className={styles.raw}>{text}</pre>
      {cut && <p>{t('previewCut')}</p>}
    </>
  )
}
