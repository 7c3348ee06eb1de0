import { useEffect, useLayoutEffect, useRef } from 'react'
import { leaveCaret, takeCaret } from './handover.ts'
import styles from './RichArea.module.css'

/** Takes every key until the editor is there; then the editor goes on at the same letter. */
export function PlainArea({
  label,
  placeholder,
  value,
  onChange,
  onFiles,
  focusAsked,
  onComposing,
}: {
  label: string
  placeholder: string
  value: string
  onChange: (text: string) => void
  onFiles: (files: File[]) => void
  focusAsked: number
  /** Letters are being put together (Japanese, dead keys): this field must not go away now. */
  onComposing: (on: boolean) => void
}) {
  const area = useRef<HTMLTextAreaElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [value])
  useLayoutEffect(() => {
    const element = area.current
    const caret = takeCaret(label)
    if (caret && element) {
      element.focus()
      element.setSelectionRange(caret.start, caret.end)
    }
    return () => {
      if (!element || document.activeElement !== element) return leaveCaret(null)
      leaveCaret({ label, text: element.value, start: element.selectionStart, end: element.selectionEnd })
    }
  }, [label])
  useEffect(() => {
    if (focusAsked > 0) area.current?.focus()
  }, [focusAsked])
  return (
    <textarea
      ref={area}
      className={styles.plain}
      aria-label={label}
      placeholder={placeholder}
      value={value}
      rows={2}
      dir="auto"
      onChange={(event) => onChange(event.target.value)}
      onCompositionStart={() => onComposing(true)}
      onCompositionEnd={() => onComposing(false)}
      onPaste={(event) => {
        const files = [...event.clipboardData.files]
        if (files.length === 0) return
        event.preventDefault()
        onFiles(files)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}
