import { useEffect, useId, useLayoutEffect, useRef } from 'react'
import styles from './Composer.module.css'
import { SuggestionList } from './SuggestionList.tsx'
import { type Suggestion, useSuggestions } from './useSuggestions.ts'

/** A text field that grows, takes pasted files, sends with Ctrl+Enter and offers names or texts after a sign. */
export function WritingArea({
  label,
  placeholder,
  value,
  onChange,
  onFiles,
  onSubmit,
  focusAsked,
  suggestions,
}: {
  label: string
  placeholder: string
  value: string
  onChange: (text: string) => void
  onFiles: (files: Iterable<File>) => void
  onSubmit: () => void
  focusAsked: number
  suggestions: Record<string, Suggestion[]>
}) {
  const area = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const offer = useSuggestions(area, value, onChange, suggestions)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [value])
  useEffect(() => {
    if (focusAsked > 0) area.current?.focus()
  }, [focusAsked])
  return (
    <div style={{ position: 'relative' }}>
      {offer.open && <SuggestionList id={listId} label={label} offer={offer} />}
      <textarea
        ref={area}
        className={styles.area}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        rows={2}
        dir="auto"
        aria-autocomplete="list"
        aria-controls={offer.open ? listId : undefined}
        aria-activedescendant={offer.open ? `${listId}-${offer.active}` : undefined}
        onChange={(event) => {
          onChange(event.target.value)
          offer.look(event.target)
        }}
        onSelect={(event) => offer.look(event.currentTarget)}
        onBlur={offer.close}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return
          event.preventDefault()
          onFiles([...event.clipboardData.files])
        }}
        onKeyDown={(event) => {
          if (offer.key(event)) return
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            onSubmit()
          } else if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
    </div>
  )
}
