import { Dialog as Base } from '@base-ui/react/dialog'
import { type MouseEvent, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button.tsx'
import styles from './Finder.module.css'
import floating from './floating.module.css'
import { Icon } from './Icon.tsx'
import type { FinderItem, FinderProps } from './popups.ts'
import { Key } from './Tag.tsx'

export type { FinderGroup, FinderItem } from './popups.ts'

/** A line to type in over everything else, and what answers it. Fetched with whoever uses it: the palette. */
export function Finder(props: FinderProps) {
  const { open, onOpenChange, label, onChoose } = props
  const chosen = useRef<(() => void) | null>(null)
  const carryOut = () => {
    const run = chosen.current
    chosen.current = null
    run?.()
  }
  // A quick hand opens it anew before it is gone: what was chosen before is done all the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it opens
  useEffect(() => {
    if (open) carryOut()
  }, [open])
  return (
    <Base.Root
      open={open}
      onOpenChange={onOpenChange}
      onOpenChangeComplete={(shown) => {
        if (!shown) carryOut()
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={`${floating.backdrop} ${styles.backdrop}`} />
        <Base.Viewport className={floating.dialogPlace}>
          <Base.Popup className={styles.finder} aria-label={label}>
            <Inside
              {...props}
              onChoose={(id, apart) => {
                chosen.current = onChoose(id, apart)
                onOpenChange(false)
              }}
            />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

type InsideProps = Omit<FinderProps, 'onChoose'> & { onChoose: (id: string, apart: boolean) => void }
function Inside({ open, typed, onType, onReady, groups, label, placeholder, empty, onChoose }: InsideProps) {
  const { t } = useTranslation('console')
  const list = useId()
  const line = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const flat = groups.flatMap((group) => group.items)
  const [marked, setMarked] = useState<string | null>(null)
  const at = Math.max(
    0,
    flat.findIndex((item) => item.id === marked),
  )
  const current = flat[at]
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, other answers: the first one is meant
  useEffect(() => {
    setMarked(null)
    box.current?.scrollTo({ top: 0 })
  }, [typed])
  const mark = (index: number) => {
    const next = flat[(index + flat.length) % flat.length]
    if (!next) return
    setMarked(next.id)
    document.getElementById(idOf(list, next))?.scrollIntoView({ block: 'nearest' })
  }
  /** Answers whether the key was one of the list's. */
  const takeKey = (event: KeyboardEvent): boolean => {
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 8,
      PageUp: at - 8,
    }
    const step = steps[event.key]
    if (step !== undefined)
      mark(event.key.startsWith('Page') ? Math.max(0, Math.min(flat.length - 1, step)) : step)
    else if (event.key === 'Enter' && !event.isComposing) {
      if (current) onChoose(current.id, event.ctrlKey || event.metaKey)
    } else return false
    return true
  }
  useKeysOf(line, open, takeKey)
  return (
    <>
      <div className={styles.line}>
        <Icon name="search" />
        <input
          ref={line}
          className={styles.input}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={current && idOf(list, current)}
          aria-autocomplete="list"
          aria-label={label}
          placeholder={placeholder}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => onType(event.target.value)}
          onFocus={onReady}
          onKeyDown={({ nativeEvent: event }) => takeKey(event) && event.preventDefault()}
        />
        <Base.Close render={<IconButton name="close" size="small" label={t('closeThis')} />} />
      </div>
      <div className={styles.box} ref={box} id={list} role="listbox" aria-label={label} tabIndex={-1}>
        {groups.map(
          (group) =>
            group.items.length > 0 && (
              // biome-ignore lint/a11y/useSemanticElements: a group of options, not a fieldset
              <div key={group.id} role="group" aria-label={group.name}>
                {group.name && (
                  <div className={floating.groupLabel} aria-hidden="true">
                    {group.name}
                  </div>
                )}
                {group.items.map((item) => (
                  <Option
                    key={item.id}
                    id={idOf(list, item)}
                    item={item}
                    marked={item === current}
                    onMark={() => setMarked(item.id)}
                    onChoose={(event) => onChoose(item.id, event.ctrlKey || event.metaKey)}
                  />
                ))}
              </div>
            ),
        )}
      </div>
      <p role="status" className={flat.length === 0 ? styles.empty : styles.silent}>
        {flat.length === 0 ? empty : ''}
      </p>
    </>
  )
}

/**
 * While it is open every key is for the line. The focus comes to it a frame after it is seen, and whatever lies below may
 * still take it away while it arrives itself: a key pressed then brings the focus to the line and goes on there.
 */
function useKeysOf(
  line: RefObject<HTMLInputElement | null>,
  open: boolean,
  take: (event: KeyboardEvent) => boolean,
) {
  const latest = useRef(take)
  latest.current = take
  useLayoutEffect(() => {
    if (!open) return
    const bring = (event: KeyboardEvent) => {
      const at = event.target
      if (!(at instanceof Element) || at === line.current) return
      const own = line.current?.closest('[role="dialog"]')
      const around = at.closest('[role="dialog"], [data-toast]')
      // The popup itself gets the focus when the line was out of sight for a moment: nobody means to press a key there.
      if (around && (around !== own || at.closest('button'))) return
      line.current?.focus()
      // A letter goes in by itself now; it is not also the desk's.
      event.stopPropagation()
      if (latest.current(event)) event.preventDefault()
    }
    window.addEventListener('keydown', bring, { capture: true })
    return () => window.removeEventListener('keydown', bring, { capture: true })
  }, [line, open])
}
const idOf = (list: string, item: FinderItem) => `${list}-${item.id}`

function Option({
  id,
  item,
  marked,
  onMark,
  onChoose,
}: {
  id: string
  item: FinderItem
  marked: boolean
  onMark: () => void
  onChoose: (event: MouseEvent) => void
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the line above, which says what is marked
    <div
      id={id}
      role="option"
      aria-selected={marked}
      tabIndex={-1}
      className={`${floating.item} ${styles.option}`}
      data-highlighted={marked || undefined}
      onPointerMove={marked ? undefined : onMark}
      onClick={onChoose}
    >
      {item.icon ? <Icon name={item.icon} /> : <span className={styles.noIcon} />}
      <span className={styles.words}>{item.words}</span>
      {item.hint && <span className={floating.hint}>{item.hint}</span>}
      {item.caps && (
        <span className={styles.caps}>
          {item.caps.map((cap) => (
            <Key key={cap}>{cap}</Key>
          ))}
        </span>
      )}
    </div>
  )
}
