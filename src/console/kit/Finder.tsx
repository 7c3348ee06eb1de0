import { Dialog as Base } from '@base-ui/react/dialog'
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react'
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
  const chosen = useRef<{ id: string; apart: boolean } | null>(null)
  return (
    <Base.Root
      open={open}
      onOpenChange={onOpenChange}
      onOpenChangeComplete={(shown) => {
        const choice = chosen.current
        chosen.current = null
        if (!shown && choice) onChoose(choice.id, choice.apart)
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={`${floating.backdrop} ${styles.backdrop}`} />
        <Base.Viewport className={floating.dialogPlace}>
          <Base.Popup className={styles.finder} aria-label={label}>
            <Inside
              {...props}
              onChoose={(id, apart) => {
                chosen.current = { id, apart }
                onOpenChange(false)
              }}
            />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

function Inside({ typed, onType, groups, label, placeholder, empty, onChoose }: FinderProps) {
  const { t } = useTranslation('console')
  const list = useId()
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
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 8,
      PageUp: at - 8,
    }
    const step = steps[event.key]
    if (step !== undefined)
      mark(event.key.startsWith('Page') ? Math.max(0, Math.min(flat.length - 1, step)) : step)
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      if (current) onChoose(current.id, event.ctrlKey || event.metaKey)
    } else return
    event.preventDefault()
  }
  return (
    <>
      <div className={styles.line}>
        <Icon name="search" />
        <input
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
          onKeyDown={onKeyDown}
        />
        <Base.Close render={<IconButton name="close" size="small" label={t('close')} />} />
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
