import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { goCustomers } from '#features/customers/ui/commands.ts'
import { viewsQuery } from '#features/views/ui/views.ts'
import { inboxesQuery } from '../api/directory.ts'
import { useMe } from '../api/me.ts'
import type { IconName } from '../kit/Icon.tsx'
import { settingsPages } from '../settings/pages.ts'
import * as desk from './desk.ts'
import type { Command } from './registry.ts'

export interface Place {
  id: string
  words: string
  icon: IconName
  href: string
  command?: Command
}

const builtIn =
  'mine unassigned my-teams mentioned all open pending snoozed closed stuck thanks spam trash'.split(' ')
const commands: Record<string, Command> = {
  mine: desk.goMine,
  unassigned: desk.goUnassigned,
  'my-teams': desk.goMyTeams,
  all: desk.goAll,
}

/** Every place one can go to, in the order of the rail. */
export function usePlaces(): Place[] {
  const { t } = useTranslation(['frame', 'console'])
  const me = useMe()
  const { data: views = [] } = useQuery(viewsQuery)
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const view = (id: string, words: string): Place => ({
    id: `view:${id}`,
    words,
    icon: 'list',
    href: `/views/${encodeURIComponent(id)}`,
    command: commands[id],
  })
  const page = (href: string, words: string, icon: IconName, command?: Command): Place => ({
    id: `page:${href}`,
    words,
    icon,
    href,
    command,
  })
  return [
    ...builtIn.map((id) => view(id, t(`console:view.${id}`))),
    ...views.filter((each) => !each.builtIn).map((each) => view(each.id, each.name)),
    ...inboxes.map(
      (inbox): Place => ({
        id: `inbox:${inbox.id}`,
        words: `${inbox.name} · ${inbox.address}`,
        icon: 'inbox',
        href: `/views/open?inbox=${encodeURIComponent(inbox.id)}`,
      }),
    ),
    page('/drafts', t('console:view.drafts'), 'comment', desk.goDrafts),
    page('/search', t('console:search'), 'search', desk.goSearch),
    page('/customers', t('console:customers'), 'person', goCustomers),
    page('/numbers', t('console:numbers'), 'chart', desk.goNumbers),
    page('/outbox', t('console:outbox'), 'outbox', desk.goOutbox),
    ...(me.role === 'admin' ? [page('/mail-log', t('console:mailLog'), 'log')] : []),
    ...settingsPages
      .filter((each) => !each.admin || me.role === 'admin')
      .map((each) =>
        page(
          `/settings/${each.id}`,
          t('frame:settingsPage', { name: t(`console:settings.${each.id}`) }),
          'settings',
          each.id === 'profile' ? desk.goSettings : undefined,
        ),
      ),
  ]
}
