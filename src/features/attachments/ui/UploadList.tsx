import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { mostKept } from '#console/offline/keptFiles.ts'
import { sizeWords } from '#console/time.ts'
import type { Attachment } from '#features/conversations/conversations.contract.ts'
import styles from './UploadList.module.css'
import type { Upload } from './useUploads.ts'

const waitsWords = {
  yes: 'composer:fileWaits',
  no: 'composer:fileWaitsHere',
  full: 'composer:fileWaitsFull',
} as const

/** What goes along: arrived files, and those on their way with how far they are. */
export function UploadList({
  attachments,
  uploads,
  onRemove,
  onDrop,
  onAgain,
}: {
  attachments: readonly Attachment[]
  uploads: readonly Upload[]
  onRemove: (id: string) => void
  onDrop: (key: number) => void
  onAgain: (key: number) => void
}) {
  const { t, i18n } = useTranslation('console')
  if (attachments.length === 0 && uploads.length === 0) return null
  return (
    <ul className={styles.list} aria-label={t('attachments')}>
      {attachments.map((file) => (
        <li key={file.id} className={styles.file}>
          <Icon name="clip" />
          <span className={styles.name}>{file.name}</span>
          <span className={styles.size}>{sizeWords(file.size, i18n.language)}</span>
          <IconButton
            name="close"
            size="small"
            label={t('fileRemove', { name: file.name })}
            onClick={() => onRemove(file.id)}
          />
        </li>
      ))}
      {uploads.map((file) => (
        <li key={file.key} className={styles.file} data-broken={file.error ? '' : undefined}>
          <span className={styles.name}>{file.name}</span>
          {file.error ? (
            <>
              <span role="alert">{file.error}</span>
              {file.again && (
                <Button size="small" look="quiet" onClick={() => onAgain(file.key)}>
                  {t('tryAgain')}
                </Button>
              )}
            </>
          ) : file.waits ? (
            <span className={styles.size} role="status">
              {t(waitsWords[file.kept], { most: sizeWords(mostKept, i18n.language) })}
            </span>
          ) : (
            <progress className={styles.progress} value={file.progress} max={1} aria-label={file.name} />
          )}
          <IconButton
            name="close"
            size="small"
            label={t('fileRemove', { name: file.name })}
            onClick={() => onDrop(file.key)}
          />
        </li>
      ))}
    </ul>
  )
}
