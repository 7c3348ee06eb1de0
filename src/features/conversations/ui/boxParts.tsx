import { type DragEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '#console/kit/Button.tsx'
import { isEmpty } from '#features/drafts/ui/draftStore.ts'
import type { useDraft } from '#features/drafts/ui/useDraft.ts'
import styles from './Composer.module.css'

/** Files may be dropped anywhere on the box; it shows where. */
export const dropHandlers = (add: (files: Iterable<File>) => void) => ({
  onDragOver: (event: DragEvent<HTMLElement>) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    event.currentTarget.dataset.drop = ''
  },
  onDragLeave: (event: DragEvent<HTMLElement>) => {
    delete event.currentTarget.dataset.drop
  },
  onDrop: (event: DragEvent<HTMLElement>) => {
    delete event.currentTarget.dataset.drop
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    add([...event.dataTransfer.files])
  },
})

export function AttachButton({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const { t } = useTranslation('console')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton name="clip" size="small" label={t('attach')} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('attach')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </>
  )
}

/** Whether the server has what was written. */
export function DraftSaved({ draft }: { draft: ReturnType<typeof useDraft> }) {
  const { t } = useTranslation('console')
  if (isEmpty(draft.content)) return <span className={styles.state} />
  const words = { loading: '', saved: t('draftSaved'), dirty: t('draftSaving'), failed: t('draftFailed') }[
    draft.saved
  ]
  return (
    <span className={styles.state} data-bad={draft.saved === 'failed' || undefined}>
      {words}
    </span>
  )
}
