import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '#console/api/request.ts'
import { BareButton } from '#console/kit/Button.tsx'
import { EmptyState, Skeleton } from '#console/kit/States.tsx'
import { fullTime, sizeWords } from '#console/time.ts'
import type { Attachment } from '#features/conversations/conversations.contract.ts'
import { previewKind } from '#shared/text/preview-kind.ts'
import type { Preview } from '../attachments.contract.ts'
import { CalendarPreview } from './CalendarPreview.tsx'
import styles from './FileViewer.module.css'

/** What is in a file, without saving it. */
export function FilePreview({
  file,
  zoom,
  onZoom,
}: {
  file: Attachment
  zoom: number | null
  onZoom: (zoom: number | null) => void
}) {
  const kind = previewKind(file)
  if (kind === 'picture') return <Picture file={file} zoom={zoom} onZoom={onZoom} />
  if (kind === 'pdf') return <Pdf file={file} />
  return <Words file={file} />
}

function Picture({
  file,
  zoom,
  onZoom,
}: {
  file: Attachment
  zoom: number | null
  onZoom: (zoom: number | null) => void
}) {
  const [width, setWidth] = useState(0)
  const [failed, setFailed] = useState(false)
  if (failed) return <NoPreview />
  return (
    <div className={styles.canvas} data-zoomed={zoom !== null || undefined}>
      <BareButton
        className={styles.picture}
        aria-label={file.name}
        onClick={() => onZoom(zoom === null ? 1 : null)}
      >
        <img
          src={`/api/v1/attachments/${file.id}/view`}
          alt={file.name}
          style={zoom === null ? undefined : { width: width * zoom, maxWidth: 'none', maxHeight: 'none' }}
          onLoad={(event) => setWidth(event.currentTarget.naturalWidth)}
          onError={() => setFailed(true)}
        />
      </BareButton>
    </div>
  )
}

function Pdf({ file }: { file: Attachment }) {
  // Phones have no viewer in pages: the file is opened by what they have for it.
  if (!navigator.pdfViewerEnabled) return <NoPreview />
  return <iframe className={styles.pdf} src={`/api/v1/attachments/${file.id}/view`} title={file.name} />
}

function Words({ file }: { file: Attachment }) {
  const preview = useQuery({
    queryKey: ['preview', file.id],
    queryFn: ({ signal }) => get<Preview>(`/attachments/${file.id}/preview`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  if (preview.isPending) return <Skeleton lines={8} />
  if (preview.isError) return <NoPreview />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={file.name}>
      <Inside preview={preview.data} />
    </section>
  )
}

function Inside({ preview }: { preview: Preview }) {
  if (preview.kind === 'calendar') return <CalendarPreview preview={preview} />
  if (preview.kind === 'table') return <Table rows={preview.rows} cut={preview.cut} />
  if (preview.kind === 'mail') return <Mail preview={preview} />
  return (
    <>
      <pre className={styles.text}>{preview.text}</pre>
      {preview.cut && <Cut />}
    </>
  )
}

function Table({ rows, cut }: { rows: string[][]; cut: boolean }) {
  const [head = [], ...body] = rows
  // Rows and cells of a file have nothing of their own to be told by but their place.
  const keyed = <T,>(list: T[]) => list.map((value, at) => ({ key: `${at}`, value }))
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            {keyed(head).map(({ key, value }) => (
              <th key={key}>{value}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(body).map((row) => (
            <tr key={row.key}>
              {keyed(row.value).map(({ key, value }) => (
                <td key={key}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {cut && <Cut />}
    </>
  )
}

function Mail({ preview }: { preview: Extract<Preview, { kind: 'mail' }> }) {
  const { t, i18n } = useTranslation('timeline')
  const lines: [string, string][] = [
    [t('console:from'), preview.from],
    [t('console:to'), preview.to],
    [t('console:cc'), preview.cc],
    [t('console:subject'), preview.subject],
    [t('date'), preview.date ? fullTime(preview.date, i18n.language) : ''],
    [
      t('console:attachments'),
      preview.attachments.map(({ name, size }) => `${name} (${sizeWords(size, i18n.language)})`).join(', '),
    ],
  ]
  return (
    <>
      <dl className={styles.facts}>
        {lines.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ),
        )}
      </dl>
      <div className={styles.mail} dir="auto">
        {preview.text}
      </div>
      {preview.cut && <Cut />}
    </>
  )
}

function Cut() {
  const { t } = useTranslation('timeline')
  return <p className={styles.cut}>{t('previewCut')}</p>
}

export function NoPreview() {
  const { t } = useTranslation('timeline')
  return <EmptyState title={t('noPreview')} words={t('noPreviewWords')} icon="clip" />
}
