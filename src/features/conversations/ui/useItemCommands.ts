import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { defineCommand } from '#console/commands/registry.ts'
import { useCommands } from '#console/commands/useCommands.ts'
import { copyText } from '#console/kit/CopyText.tsx'
import { itemLink } from './itemLink.ts'

const one = { group: 'conversation', when: 'conversation' } as const
export const nextItem = defineCommand({
  ...one,
  id: 'timeline.next',
  text: 'timeline:key.next',
  keys: ['n'],
})
export const previousItem = defineCommand({
  ...one,
  id: 'timeline.previous',
  text: 'timeline:key.previous',
  keys: ['Shift+n'],
})
export const unfold = defineCommand({
  ...one,
  id: 'timeline.unfold',
  text: 'timeline:key.unfold',
  keys: ['o', 'Enter'],
})
export const copyLink = defineCommand({
  ...one,
  id: 'timeline.copyLink',
  text: 'timeline:key.copyLink',
  keys: ['l'],
  icon: 'copy',
})

/** What lies between and was not fetched is a stop too: nobody passes it without knowing. */
const articles = (box: HTMLElement | null) => [
  ...(box?.querySelectorAll<HTMLElement>('article, [data-gap]') ?? []),
]

/** From message to message by key, and what can be done to the one that has the focus. */
export function useItemCommands(box: RefObject<HTMLElement | null>, number: number): void {
  const { t } = useTranslation('timeline')
  const move = (delta: 1 | -1) => () => {
    const all = articles(box.current)
    const next = all[nextIndex(all, box.current, delta)]
    // Whoever moves by key lets go of the end or the message the timeline opened at.
    box.current?.dispatchEvent(new CustomEvent('moved'))
    next?.focus({ preventScroll: true })
    next?.scrollIntoView({ block: 'start' })
  }
  useCommands([
    { command: nextItem, run: move(1) },
    { command: previousItem, run: move(-1) },
    { command: unfold, keyOnly: true, run: () => toggle(focused(box.current)) },
    {
      command: copyLink,
      run: () => {
        const id = current(box.current)?.closest<HTMLElement>('[data-item]')?.dataset.item
        if (!id) return false
        void copyText(itemLink(number, id), t('console:linkCopied'), t('console:copyFailed'))
      },
    },
  ])
}

const focused = (box: HTMLElement | null) =>
  articles(box).find((article) => article.contains(document.activeElement)) ?? null
/** The one with the focus, else the topmost that is read. */
const current = (box: HTMLElement | null) =>
  focused(box) ?? articles(box)[topmost(articles(box), box)] ?? null

function topmost(all: HTMLElement[], box: HTMLElement | null): number {
  const top = box?.getBoundingClientRect().top ?? 0
  return all.findIndex((article) => article.getBoundingClientRect().bottom > top + 24)
}

function nextIndex(all: HTMLElement[], box: HTMLElement | null, delta: 1 | -1): number {
  const at = all.findIndex((article) => article.contains(document.activeElement))
  if (at >= 0) return Math.max(0, Math.min(all.length - 1, at + delta))
  const first = topmost(all, box)
  return delta === 1 ? first : Math.max(0, first - 1)
}

/** Opens or folds what is folded in a message, as a click on its button does. */
function toggle(article: HTMLElement | null): boolean {
  const button = article?.querySelector<HTMLElement>('[data-unfolds]')
  button?.click()
  return button !== null && button !== undefined
}
