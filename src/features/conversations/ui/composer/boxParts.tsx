import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '#console/kit/Button.tsx'
import { isEmpty } from '#features/drafts/ui/draftStore.ts'
import type { DraftInHand } from '#features/drafts/ui/useDraft.ts'
import styles from '../Composer.module.css'

/** Files may be dropped anywhere in the conversation; the box shows that it takes them. */
export function useDrop(place: RefObject<HTMLElement | null>, add: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(add)
  latest.current = add
  useEffect(() => {
    const around = place.current?.closest<HTMLElement>('article') ?? place.current
    if (!around) return
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent) => {
      if (!around.contains(event.relatedTarget as Node | null)) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      // The editor has taken pictures that were dropped between words.
      if (files.length === 0 || event.defaultPrevented) return
      event.preventDefault()
      latest.current(files)
    }
    around.addEventListener('dragover', onOver)
    around.addEventListener('dragleave', onLeave)
    around.addEventListener('drop', onDrop)
    return () => {
      around.removeEventListener('dragover', onOver)
      around.removeEventListener('dragleave', onLeave)
      around.removeEventListener('drop', onDrop)
    }
  }, [place])
  return over
}

export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
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

const keptFormats = 'foyer.formats'
/** Whether the row of formats is shown: each person's own choice, for all boxes. */
export function useFormats() {
  const [formats, setFormats] = useState(() => localStorage.getItem(keptFormats) === 'on')
  return {
    formats,
    toggle: () => {
      localStorage.setItem(keptFormats, formats ? 'off' : 'on')
      setFormats(!formats)
    },
  }
}
export function FormatsButton({ formats, onToggle }: { formats: boolean; onToggle: () => void }) {
  const { t } = useTranslation('composer')
  return (
    <IconButton name="letter" size="small" label={t('formats')} aria-pressed={formats} onClick={onToggle} />
  )
}

/** Whether the server has what was written. */
export function DraftSaved({ draft }: { draft: DraftInHand }) {
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

/** The address under which an upload stands between the words, here and at the server. */
export const pictureAddress = (id: string) => `${location.origin}/api/v1/attachments/${id}`
