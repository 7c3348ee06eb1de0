// What the page is asked for stands in its URL, and so does every list behind a number.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { get, queryString } from '#console/api/request.ts'
import { readerZone } from '#console/zone.ts'
import type { NumberName, Numbers, Period } from '../numbers.contract.ts'

export interface NumbersSearch {
  period?: Period
  inbox?: string
  team?: string
}
export interface BehindSearch extends NumbersSearch {
  agent?: string
  weekday?: string
  hour?: string
  /** the reader's; in the URL so that who gets it sees the same list */
  zone?: string
}
type Given = Record<string, unknown>

const digits = (value: unknown) =>
  (typeof value === 'string' || typeof value === 'number') && /^\d{1,18}$/.test(String(value))
    ? String(value)
    : undefined
export const numbersSearch = (given: Given): NumbersSearch => ({
  period: given.period === 'today' ? 'today' : undefined,
  inbox: digits(given.inbox),
  team: digits(given.team),
})
export const behindSearch = (given: Given): BehindSearch => ({
  ...numbersSearch(given),
  agent: digits(given.agent),
  weekday: digits(given.weekday),
  hour: digits(given.hour),
  zone: typeof given.zone === 'string' && given.zone !== '' ? given.zone : undefined,
})
export const numberNames: NumberName[] = ['new', 'answered', 'first-answers', 'waiting', 'closed', 'reopened']

export const ownZone = readerZone

export const numbersQuery = (asked: NumbersSearch) =>
  queryOptions({
    queryKey: ['numbers', asked],
    queryFn: ({ signal }) => get<Numbers>('/numbers', { query: { ...asked, zone: ownZone() }, signal }),
    // Whoever comes to the page wants what is now.
    staleTime: 0,
    placeholderData: keepPreviousData,
  })

export const csvAddress = (table: string, asked: object): string =>
  `/api/v1/numbers/${table}.csv${queryString({ zone: ownZone(), ...asked })}`
