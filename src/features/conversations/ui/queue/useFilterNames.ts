import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { agentsQuery, inboxesQuery, teamsQuery } from '#console/api/directory.ts'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import type { Customer } from '#features/customers/customers.contract.ts'
import { categories } from '../statusWords.ts'
import type { FilterField } from './filters.ts'

interface OwnStatus {
  name: string
  category: string
}
/** Statuses that the desk named itself. */
export const statusesQuery = queryOptions({
  queryKey: ['statuses'],
  queryFn: async ({ signal }) => (await get<{ items: OwnStatus[] }>('/statuses', { signal })).items,
})
const customerQuery = (id: string) =>
  queryOptions({
    queryKey: keys.customer(id),
    queryFn: ({ signal }) => get<Customer>(`/customers/${id}`, { signal }),
  })

/** What a filter's value is called, by itself: on a chip or a button. */
export function useFilterNames(customer?: string): (field: FilterField, value: string) => string {
  const { t } = useTranslation('queue')
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const { data: person } = useQuery({ ...customerQuery(customer ?? ''), enabled: Boolean(customer) })
  const named = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((each) => each.id === id)?.name ?? id
  return (field, value) => {
    switch (field) {
      case 'status':
        return (categories as readonly string[]).includes(value) ? t(`console:status.${value}`) : value
      case 'assignee':
        return value === 'me' || value === 'none' ? t(`assignee.${value}`) : named(agents, value)
      case 'team':
        return value === 'mine' || value === 'none' ? t(`team.${value}`) : named(teams, value)
      case 'inbox':
        return named(inboxes, value)
      case 'tag':
        return value === 'none' ? t('tag.none') : value
      case 'priority':
        return t(`console:priority.${value}`)
      case 'customer':
        return person?.id === value
          ? (person.name ?? person.address ?? t('console:oneCustomer'))
          : t('console:oneCustomer')
      default:
        return `“${value}”`
    }
  }
}
