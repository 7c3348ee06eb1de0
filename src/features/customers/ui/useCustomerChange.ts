// Changing a customer: shown at once, taken back with a word when the server refuses, and where somebody else has
// changed the same field meanwhile, his word stays and one's own is offered again.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { request } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import type { Named } from '#shared/wire.ts'
import type { CustomerInput, OpenedCustomer } from '../customers.contract.ts'

export type Field = 'name' | 'company' | 'language' | 'timeZone' | 'vip' | 'hint'
export interface Conflict {
  field: Field
  value: string | boolean | null
  by: Named | null
  mine: string | boolean | null
}

interface Act {
  method: 'PATCH' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: unknown
  shows?: (customer: OpenedCustomer) => Partial<OpenedCustomer>
}

/** Whatever answers with the customer as he is now. */
export function useCustomerAct(id: string) {
  const key = keys.customer(id)
  return useMutation({
    mutationFn: ({ method, path, body }: Act) =>
      request<OpenedCustomer>(method, `/customers/${id}${path}`, { body }),
    onMutate: async ({ shows }) => {
      await queryClient.cancelQueries({ queryKey: key })
      const before = queryClient.getQueryData<OpenedCustomer>(key)
      if (before && shows) queryClient.setQueryData(key, { ...before, ...shows(before) })
      return before
    },
    onSuccess: (answer) => queryClient.setQueryData(key, answer),
    onError: (error, _act, before) => {
      if (before) queryClient.setQueryData(key, before)
      if (!(error instanceof ApiError && (error.code === 'changed_since' || error.body.owner)))
        say(reasonOf(error), { tone: 'broken' })
    },
    onSettled: () => {
      for (const touched of [key, ['customers'], ['conversation'], ['list'], ['company'], ['likenesses']])
        void queryClient.invalidateQueries({ queryKey: touched })
    },
  })
}

const shown = (field: Field, value: string | boolean | null): Partial<OpenedCustomer> =>
  field === 'company'
    ? { company: value === null ? null : { id: '0', name: String(value), byDomain: false } }
    : { [field]: value }
const standing = (customer: OpenedCustomer, field: Field) =>
  field === 'company' ? (customer.company?.name ?? null) : customer[field]

export function useCustomerChange(customer: OpenedCustomer) {
  const act = useCustomerAct(customer.id)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const save = (field: Field, value: string | boolean | null, always = false) => {
    setConflict(null)
    const input: CustomerInput = { [field]: value }
    if (!always) input.seen = { [field]: standing(customer, field) }
    act.mutate(
      { method: 'PATCH', path: '', body: input, shows: () => shown(field, value) },
      {
        onError: (error) => {
          if (!(error instanceof ApiError) || error.code !== 'changed_since') return
          const { value: theirs, by } = error.body as unknown as Conflict
          setConflict({ field, value: theirs, by, mine: value })
        },
      },
    )
  }
  return { save, conflict, giveIn: () => setConflict(null), act }
}
