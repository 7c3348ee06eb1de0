import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonClass, IconButton } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { Viewer } from '#console/kit/Viewer.tsx'
import type { Attachment } from '#features/conversations/conversations.contract.ts'
import { previewKind } from '#shared/text/preview-kind.ts'
import { FilePreview } from './FilePreview.tsx'
import styles from './FileViewer.module.css'

export interface FileViewerProps {
  open: boolean
  /** Which of the files is shown. */
  file: string | null
  files: Attachment[]
  onChange: (file: string | null) => void
}

const steps = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6]

/** The files of a message, one at a time over the whole window. Arrows go on, + − 0 zoom, Esc closes. */
export function FileViewer({ open, file: id, files, onChange }: FileViewerProps) {
  const { t } = useTranslation('timeline')
  const [zoom, setZoom] = useState<number | null>(null)
  const viewable = files.filter((file) => previewKind(file) !== null)
  const at = viewable.findIndex((file) => file.id === id)
  const [last, setLast] = useState(viewable[at])
  const file = viewable[at] ?? last
  if (viewable[at] && viewable[at] !== last) setLast(viewable[at])
  if (!file) return null
  const kind = previewKind(file)
  const go = (delta: number) => {
    const next = viewable[at + delta]
    if (!next) return
    setZoom(null)
    onChange(next.id)
  }
  const scale = (direction: 1 | -1) => {
    const now = zoom ?? 1
    const next = direction === 1 ? steps.find((step) => step > now) : steps.findLast((step) => step < now)
    setZoom(next ?? now)
  }
  const onKey = (key: string): boolean => {
    if (key === 'ArrowRight') go(1)
    else if (key === 'ArrowLeft') go(-1)
    else if (kind === 'picture' && (key === '+' || key === '=')) scale(1)
    else if (kind === 'picture' && key === '-') scale(-1)
    else if (kind === 'picture' && key === '0') setZoom(null)
    else return false
    return true
  }
  const many = viewable.length > 1
  return (
    <Viewer
      open={open}
      onOpenChange={() => onChange(null)}
      title={many ? t('fileOf', { name: file.name, at: at + 1, count: viewable.length }) : file.name}
      onKey={onKey}
      acts={
        <>
          {kind === 'picture' && (
            <>
              <IconButton name="minus" label={t('zoomOut')} keys="−" onClick={() => scale(-1)} />
              <IconButton name="plus" label={t('zoomIn')} keys="+" onClick={() => scale(1)} />
            </>
          )}
          {many && (
            <>
              <IconButton
                name="back"
                label={t('previousFile')}
                keys="←"
                disabled={at <= 0}
                onClick={() => go(-1)}
              />
              <IconButton
                name="next"
                label={t('nextFile')}
                keys="→"
                disabled={at >= viewable.length - 1}
                onClick={() => go(1)}
              />
            </>
          )}
          <a
            className={buttonClass('quiet')}
            href={`/api/v1/attachments/${file.id}`}
            download={file.name}
            aria-label={t('download')}
          >
            <Icon name="download" />
            <span className={styles.words}>{t('download')}</span>
          </a>
        </>
      }
    >
      <FilePreview key={file.id} file={file} zoom={zoom} onZoom={setZoom} />
    </Viewer>
  )
}
