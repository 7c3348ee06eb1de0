import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BareButton, buttonClass } from '#console/kit/Button.tsx'
import { Icon, type IconName } from '#console/kit/Icon.tsx'
import { onDemandAlone } from '#console/kit/onDemand.tsx'
import { sizeWords } from '#console/time.ts'
import type { Attachment } from '#features/conversations/conversations.contract.ts'
import { type PreviewKind, previewKind } from '#shared/text/preview-kind.ts'
import styles from './AttachmentList.module.css'
import type { FileViewerProps } from './FileViewer.tsx'
import { OpenSeal } from './OpenSeal.tsx'

const FileViewer = onDemandAlone<FileViewerProps>(async () => (await import('./FileViewer.tsx')).FileViewer)

/** bytes; a larger picture is not fetched only to be small */
const largestThumbnail = 12_000_000
export const fileUrl = (id: string): string => `/api/v1/attachments/${id}`

/** Pictures small, everything else a row with its kind and size. What can be looked at opens in place. */
export function AttachmentList({ attachments, item }: { attachments: Attachment[]; item?: string }) {
  const { t } = useTranslation('timeline')
  const [shown, setShown] = useState<string | null>(null)
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set())
  if (attachments.length === 0) return null
  const isPicture = (file: Attachment) =>
    previewKind(file) === 'picture' && file.size <= largestThumbnail && !failed.has(file.id)
  const loose = attachments.filter((file) => !file.seal)
  const pictures = attachments.filter(isPicture)
  const others = attachments.filter((file) => !isPicture(file))
  return (
    <div className={styles.all}>
      {pictures.length > 0 && (
        <ul className={styles.pictures} aria-label={t('pictures')}>
          {pictures.map((file) => (
            <li key={file.id}>
              <BareButton
                className={styles.thumbnail}
                title={file.name}
                aria-label={t('openFile', { name: file.name })}
                onClick={() => setShown(file.id)}
              >
                <img
                  src={`${fileUrl(file.id)}/view`}
                  alt=""
                  loading="lazy"
                  decoding="async"
                  onError={() => setFailed((old) => new Set(old).add(file.id))}
                />
              </BareButton>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul className={styles.list} aria-label={t('console:attachments')}>
          {others.map((file) =>
            file.seal ? (
              <SealedRow key={file.id} file={file} seal={file.seal} />
            ) : (
              <FileRow
                key={file.id}
                file={file}
                onOpen={() => setShown(file.id)}
                broken={failed.has(file.id)}
              />
            ),
          )}
        </ul>
      )}
      {item && loose.length > 1 && (
        <a className={buttonClass('quiet', 'small')} href={`/api/v1/items/${item}/attachments`} download>
          <Icon name="download" />
          {t('downloadAll', { count: loose.length })}
        </a>
      )}
      <FileViewer open={shown !== null} file={shown} files={loose} onChange={setShown} />
    </div>
  )
}

const icons: Record<PreviewKind, IconName> = {
  picture: 'eye',
  pdf: 'log',
  mail: 'inbox',
  calendar: 'clock',
  table: 'list',
  text: 'log',
}

/** Its name and kind are sealed, too. */
function SealedRow({ file, seal }: { file: Attachment; seal: string }) {
  const { t, i18n } = useTranslation('timeline')
  return (
    <li className={styles.row}>
      <span className={styles.file} data-sealed="">
        <Icon name="lock" />
        <span className={styles.name}>{t('sealedFile')}</span>
        <span className={styles.size}>{sizeWords(file.size, i18n.language)}</span>
      </span>
      <OpenSeal seal={seal} />
    </li>
  )
}

function FileRow({ file, broken, onOpen }: { file: Attachment; broken: boolean; onOpen: () => void }) {
  const { t, i18n } = useTranslation('timeline')
  const kind = broken ? null : previewKind(file)
  const inside = (
    <>
      <Icon name={kind ? icons[kind] : 'clip'} />
      <span className={styles.name}>{file.name}</span>
      <span className={styles.size}>
        {[
          file.mark && t(`console:mark.${file.mark}`, { defaultValue: file.mark }),
          typeWords(file.name),
          sizeWords(file.size, i18n.language),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  )
  return (
    <li className={styles.row}>
      {kind ? (
        <BareButton className={styles.file} onClick={onOpen} title={file.name}>
          {inside}
        </BareButton>
      ) : (
        <a className={styles.file} href={fileUrl(file.id)} download={file.name} title={file.name}>
          {inside}
        </a>
      )}
    </li>
  )
}

/** "PDF", "XLSX": what people call a file's type. */
const typeWords = (name: string): string => /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? ''
