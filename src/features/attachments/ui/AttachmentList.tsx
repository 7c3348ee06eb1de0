import { useTranslation } from 'react-i18next'
import { Icon } from '#console/kit/Icon.tsx'
import { sizeWords } from '#console/time.ts'
import type { Attachment } from '#features/conversations/conversations.contract.ts'
import styles from './AttachmentList.module.css'

const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

/** Pictures small, everything else by name and size; a click opens or saves it. */
export function AttachmentList({ attachments }: { attachments: Attachment[] }) {
  const { t, i18n } = useTranslation('console')
  if (attachments.length === 0) return null
  return (
    <ul className={styles.list} aria-label={t('attachments')}>
      {attachments.map((file) => (
        <li key={file.id}>
          <a
            className={styles.file}
            href={`/api/v1/attachments/${file.id}`}
            target="_blank"
            rel="noopener noreferrer"
            title={file.name}
          >
            {shown.has(file.type) && file.size < 8_000_000 ? (
              <img className={styles.picture} src={`/api/v1/attachments/${file.id}`} alt="" loading="lazy" />
            ) : (
              <Icon name="clip" />
            )}
            <span className={styles.name}>{file.name}</span>
            {file.mark && (
              <span className={styles.size}>{t(`mark.${file.mark}`, { defaultValue: file.mark })}</span>
            )}
            <span className={styles.size}>{sizeWords(file.size, i18n.language)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
