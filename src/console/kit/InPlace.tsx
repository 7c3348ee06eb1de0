import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './Button.tsx'
import styles from './InPlace.module.css'
import { Input, Textarea } from './Input.tsx'

/** A value that is changed where it stands: the pencil opens it, Enter or leaving saves, Escape leaves it as it was. */
export function InPlace({
  value,
  onSave,
  label,
  add,
  children,
  rows,
  maxLength = 200,
  notice,
  meanwhile,
  startEditing = false,
  onDone,
}: {
  value: string | null
  onSave: (next: string | null) => void
  /** What it is: "Name". */
  label: string
  /** What the button says while there is nothing: "Add a hint". */
  add: string
  /** The value as it is shown; else the words themselves. */
  children?: ReactNode
  /** More than one line: so many at first. Ctrl or ⌘ with Enter saves. */
  rows?: number
  maxLength?: number
  /** Stands below: somebody else was quicker. */
  notice?: ReactNode
  /** What to say when somebody else changes it while it is being changed here. */
  meanwhile?: (value: string | null) => string
  startEditing?: boolean
  onDone?: () => void
}) {
  const { t } = useTranslation('console')
  const [typed, setTyped] = useState<string | null>(startEditing ? (value ?? '') : null)
  const before = useRef(value)
  const opener = useRef<HTMLSpanElement>(null)
  const [back, setBack] = useState(false)
  useEffect(() => {
    if (!back) return
    setBack(false)
    opener.current?.querySelector<HTMLElement>('[data-opens]')?.focus()
  }, [back])
  const open = () => {
    before.current = value
    setTyped(value ?? '')
  }
  const done = (save: boolean, keepFocus: boolean) => {
    if (typed === null) return
    const next = typed.trim() || null
    setTyped(null)
    if (keepFocus) setBack(true)
    if (save && next !== before.current) onSave(next)
    onDone?.()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const enter = event.key === 'Enter' && (!rows || event.ctrlKey || event.metaKey)
    if (!enter && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    done(enter, true)
  }
  const shared = {
    'aria-label': label,
    value: typed ?? '',
    onChange: setTyped,
    onKeyDown,
    onBlur: () => done(true, false),
    maxLength,
    autoFocus: true,
  }
  return (
    <span className={styles.place} ref={opener}>
      {typed !== null ? (
        rows ? (
          <Textarea rows={rows} {...shared} />
        ) : (
          <Input {...shared} autoComplete="off" />
        )
      ) : value === null ? (
        <Button look="quiet" size="small" icon="plus" onClick={open} data-opens>
          {add}
        </Button>
      ) : (
        <span className={styles.shown}>
          <span className={styles.value}>{children ?? value}</span>
          <span className={styles.pencil}>
            <IconButton
              name="pencil"
              size="small"
              label={t('inPlaceChange', { what: label })}
              onClick={open}
              data-opens
            />
          </span>
        </span>
      )}
      {typed !== null && value !== before.current && meanwhile && (
        <span className={styles.notice} role="status">
          {meanwhile(value)}
        </span>
      )}
      {notice && (
        <span className={styles.notice} role="status">
          {notice}
        </span>
      )}
    </span>
  )
}
