import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useMe } from '#console/api/me.ts'
import { runCommand } from '#console/commands/registry.ts'
import { useAbsence } from '#console/shell/useAbsence.ts'
import { onlyAvailable } from '#shared/notifications/choices.ts'
import type { Notification } from '../notifications.contract.ts'
import { showNews } from './commands.ts'
import { markRead, newsQuery } from './news.ts'

/** How many wait, without what is on screen this moment. */
export function useUnread(): number {
  const { data } = useQuery(newsQuery)
  const open = useOnScreen()
  if (!data) return 0
  return data.unread - data.items.filter((item) => item.conversation.number === open).length
}

/** Keeps the window's title and icon, announces what arrives, reads what is opened. Mounted once, by the bell of the rail. */
export function useNews(): void {
  const me = useMe()
  const { data } = useQuery(newsQuery)
  const open = useOnScreen()
  const unread = useUnread()
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Foyer` : 'Foyer'
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    plainIcon ??= icon?.href
    if (icon && plainIcon) icon.href = unread > 0 ? '/icons/news.svg' : plainIcon
  }, [unread])
  const isOpen = data?.items.some((item) => item.conversation.number === open) ?? false
  useEffect(() => {
    if (open !== null && isOpen) void markRead(open)
  }, [open, isOpen])
  useAnnounced(data?.items, open)
  useEffect(() => {
    // Not among the first screen's requests, and only where this browser was once added.
    const timer = window.setTimeout(
      () => void import('./pushHere.ts').then(({ sayPushHere }) => sayPushHere(me.id)),
      5000,
    )
    return () => window.clearTimeout(timer)
  }, [me.id])
  useClicked()
}
let plainIcon: string | undefined

/** What came since the desk was opened, once each. */
function useAnnounced(items: readonly Notification[] | undefined, open: number | null): void {
  const { settings } = useMe()
  const { away } = useAbsence()
  const navigate = useNavigate()
  const newest = useRef<number | null>(null)
  const choices = settings.notifications
  useEffect(() => {
    if (!items) return
    const before = newest.current
    newest.current = Math.max(before ?? 0, ...items.map(({ id }) => Number(id)))
    if (before === null || (away && onlyAvailable(choices))) return
    const arrived = items.filter(
      ({ id, conversation }) => Number(id) > before && conversation.number !== open,
    )
    if (arrived.length === 0) return
    const way = {
      choices,
      go: (to: string) => void navigate({ href: to }),
      openBell: () => runCommand(showNews),
    }
    void import('./announce.ts').then(({ announce }) => announce(arrived, way))
  }, [items, open, away, choices, navigate])
}

/** A push was clicked: the service worker has brought this window to the front. */
function useClicked(): void {
  const navigate = useNavigate()
  useEffect(() => {
    const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
    const hear = ({ data }: MessageEvent<{ kind?: string; path?: string }>) => {
      if (data?.kind === 'go' && data.path?.startsWith('/')) void navigate({ href: data.path })
    }
    worker?.addEventListener('message', hear)
    return () => worker?.removeEventListener('message', hear)
  }, [navigate])
}

/** The conversation that is open and looked at. */
function useOnScreen(): number | null {
  const { number } = useParams({ strict: false }) as { number?: string }
  const visible = useSyncExternalStore(subscribe, () => document.visibilityState === 'visible')
  return visible && number ? Number(number) : null
}
function subscribe(listener: () => void) {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}
