import { useRouter } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/me.ts'
import { Finder, type FinderGroup, type FinderItem } from '../kit/Finder.tsx'
import { caps } from './keyOf.ts'
import { singleKeysOn, takeLetters } from './listen.ts'
import { rank } from './match.ts'
import { readRecent, rememberRecent } from './recent.ts'
import { allCommands, type Command, type Group, runnable } from './registry.ts'
import { hasWords, useCommandWords } from './useCommandWords.ts'
import { useFound } from './useFound.ts'
import { usePlaces } from './usePlaces.ts'

/** What is nearest to the hand comes first. */
const order: Group[] = ['selection', 'conversation', 'writing', 'queue', 'desk']

interface Entry extends FinderItem {
  group: Group | 'places' | 'customers' | 'conversations'
  run?: () => unknown
  href?: string
  /** Offered only while one types. */
  typedOnly?: boolean
}

/** Every action and every place, found by a few letters. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useCommandWords()
  const me = useMe()
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const recent = useMemo(() => (open ? readRecent(me.id) : []), [open, me.id])
  const actions = useActions(open)
  const places = usePlaces().map(
    (place): Entry => ({ ...place, group: 'places', caps: capsOf(place.command) }),
  )
  const numbered = useNumbered(typed)
  const found = useFoundEntries(open ? typed : '')
  const local = [...actions, ...places]
  const known = [...numbered, ...local, ...found.entries]
  const remembered = recent.flatMap(
    ({ id, words }) => known.find((each) => each.id === id) ?? ofRecent(id, words),
  )
  const groups = typed.trim() === '' ? untyped() : answers()

  function untyped(): FinderGroup[] {
    const lately = new Set(remembered.map((each) => each.id))
    const rest = local.filter((each) => !each.typedOnly && !lately.has(each.id))
    const of = (group: Entry['group'], name: string) => ({
      id: group,
      name,
      items: rest.filter((each) => each.group === group),
    })
    return [
      { id: 'recent', name: t('frame:recent'), items: remembered },
      ...order.map((group) => of(group, t(`frame:group.${group}`))),
      of('places', t('frame:group.go')),
    ]
  }

  function answers(): FinderGroup[] {
    const lately = recent.map((each) => each.id)
    const best = rank(typed, [...local, ...remembered.filter((each) => !local.includes(each))], lately)
    const shown = new Set(best.map((each) => each.id))
    const of = (group: Entry['group']) => ({
      id: group,
      name: t(`frame:group.${group}`),
      items: found.entries.filter((each) => each.group === group && !shown.has(each.id)),
    })
    const hinted = best.map((each) => ({ ...each, hint: each.hint ?? t(`frame:group.${each.group}`) }))
    return [{ id: 'best', items: [...numbered, ...hinted] }, of('customers'), of('conversations')]
  }

  function choose(id: string, apart: boolean) {
    const entry = [...known, ...remembered].find((each) => each.id === id)
    return () => {
      if (!entry) return
      rememberRecent(me.id, { id, words: entry.words })
      if (entry.run) entry.run()
      else if (entry.href && apart) window.open(entry.href, '_blank', 'noopener')
      else if (entry.href) router.history.push(entry.href)
    }
  }

  return (
    <Finder
      open={open}
      onOpenChange={(next) => {
        if (!next) setTyped('')
        onOpenChange(next)
      }}
      label={t('frame:palette')}
      placeholder={t('frame:palettePlaceholder')}
      typed={typed}
      onType={setTyped}
      onReady={() => setTyped((now) => takeLetters() + now)}
      groups={groups}
      empty={found.busy ? t('frame:paletteLooking') : t('frame:paletteEmpty')}
      onChoose={choose}
    />
  )
}

/** What can be done where the palette was called, and what each of it offers. */
function useActions(open: boolean): Entry[] {
  const t = useCommandWords()
  return useMemo(() => {
    if (!open) return []
    const seen = new Set<string>()
    const places = allCommands()
    const here = runnable().sort((a, b) => places.indexOf(a.command) - places.indexOf(b.command))
    return here.flatMap(({ command, run, words, keyOnly, choices }): Entry[] => {
      if (keyOnly || command.group === 'go' || seen.has(command.id) || !hasWords(command)) return []
      seen.add(command.id)
      const own: Entry = {
        id: `do:${command.id}`,
        words: words ?? t(command.text),
        icon: command.icon,
        group: command.group,
        caps: capsOf(command),
        run,
      }
      const more = (choices?.() ?? []).map(
        (choice): Entry => ({
          ...own,
          id: `do:${command.id}:${choice.id}`,
          words: `${own.words} → ${choice.words}`,
          caps: undefined,
          run: choice.run,
          typedOnly: true,
        }),
      )
      return [own, ...more]
    })
  }, [open, t])
}

function capsOf(command: Command | undefined): string[] | undefined {
  const first = command?.keys?.[0]
  return first && (singleKeysOn() || first.startsWith('Mod+')) ? caps(first) : undefined
}

/** "#1042" or "1042" is a conversation's number. */
function useNumbered(typed: string): Entry[] {
  const { t } = useTranslation('frame')
  const number = /^\s*[#№]?\s*(\d{1,12})\s*$/.exec(typed)?.[1]
  if (!number) return []
  return [
    {
      id: `conversation:${number}`,
      words: t('conversationNumber', { number }),
      icon: 'inbox',
      group: 'conversations',
      href: `/conversations/${number}`,
    },
  ]
}

function useFoundEntries(typed: string): { entries: Entry[]; busy: boolean } {
  const { customers, hits, busy } = useFound(typed)
  const { t } = useTranslation('console')
  const entries: Entry[] = [
    ...customers.map(
      (customer): Entry => ({
        id: `customer:${customer.id}`,
        words: customer.name ?? customer.address ?? customer.identities[0]?.value ?? t('unknownCustomer'),
        hint: customer.name ? (customer.address ?? undefined) : undefined,
        icon: 'person',
        group: 'customers',
        href: customerHref(customer.id),
      }),
    ),
    ...hits.map(
      ({ conversation }): Entry => ({
        id: `conversation:${conversation.number}`,
        words: conversation.subject || t('noSubject'),
        hint: conversation.customer.name ?? conversation.customer.address ?? undefined,
        icon: 'inbox',
        group: 'conversations',
        href: `/conversations/${conversation.number}`,
      }),
    ),
  ]
  return { entries, busy }
}
const customerHref = (id: string) => `/customers/${encodeURIComponent(id)}`

/** A place used lately that nothing on screen knows any more, told from its id alone. */
function ofRecent(id: string, words: string): Entry[] {
  const [kind, rest = ''] = id.split(':')
  if (kind === 'conversation')
    return [{ id, words, icon: 'inbox', group: 'conversations', href: `/conversations/${rest}` }]
  if (kind === 'customer')
    return [{ id, words, icon: 'person', group: 'customers', href: customerHref(rest) }]
  return []
}
