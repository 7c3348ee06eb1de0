// Most popups of a screen are never opened. Until one is, its button stands alone: less to fetch before the first
// paint, less to render in a long timeline. The real thing is fetched when a pointer comes near, or in an idle moment.
import {
  type ComponentType,
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  Suspense,
  useEffect,
  useState,
} from 'react'
import { lazily } from './lazily.ts'
import type { Openable } from './popups.ts'

const loads = new Set<() => Promise<unknown>>()
/** Fetches, in an idle moment after the first paint, what popups are made of. */
export function loadPopupsWhenIdle(): void {
  const all = () => {
    for (const load of loads) void load().catch(() => {})
  }
  // Not before the screen itself has been fetched and painted.
  window.setTimeout(() => ('requestIdleCallback' in window ? requestIdleCallback(all) : all()), 2500)
}

/** The same for what is no popup. */
export const loadWhenIdle = (load: () => Promise<unknown>): void => void loads.add(load)

/** A part that is fetched when it first opens and stays from then on. */
function useOpening({ open, onOpenChange }: Openable) {
  const [own, setOwn] = useState(false)
  const [opened, setOpened] = useState(false)
  const isOpen = open ?? own
  useEffect(() => {
    if (isOpen) setOpened(true)
  }, [isOpen])
  const change = (next: boolean) => {
    onOpenChange?.(next)
    if (open === undefined) setOwn(next)
  }
  return { isOpen, change, needed: opened || isOpen }
}

export function onDemand<
  P extends Openable & { trigger: ReactElement; label?: string; placeholder?: string },
>(
  load: () => Promise<ComponentType<P>>,
  trigger: { role?: 'combobox'; popup: 'menu' | 'dialog' },
): ComponentType<P> {
  loads.add(load)
  const Real = lazily(load)
  return function OnDemand(props: P) {
    const { isOpen, change, needed } = useOpening(props)
    // The hands are on the keys: the first of the list is marked once it is there.
    const [byKey, setByKey] = useState(false)
    const own = props.trigger as ReactElement<Record<string, unknown>>
    const alone = cloneElement(own, {
      role: trigger.role,
      'aria-label': own.props['aria-label'] ?? (trigger.role && (props.label ?? props.placeholder)),
      'aria-haspopup': trigger.popup,
      'aria-expanded': isOpen,
      onClick: (event: MouseEvent) => {
        setByKey(event.detail === 0)
        change(true)
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (trigger.popup !== 'menu' || event.key !== 'ArrowDown') return
        event.preventDefault()
        setByKey(true)
        change(true)
      },
      onPointerEnter: () => void load().catch(() => {}),
    })
    if (!needed) return alone
    return (
      <Suspense fallback={alone}>
        <Real {...props} open={isOpen} onOpenChange={change} {...{ byKey }} />
      </Suspense>
    )
  }
}

/** The same for what has no button of its own: dialogs and drawers. */
export function onDemandAlone<P extends { open: boolean }>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  loads.add(load)
  const Real = lazily(load)
  return function OnDemand(props: P) {
    const { needed } = useOpening(props)
    return needed ? (
      <Suspense>
        <Real {...props} />
      </Suspense>
    ) : null
  }
}
