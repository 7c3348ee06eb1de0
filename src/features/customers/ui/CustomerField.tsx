import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { Field } from '#console/kit/Field.tsx'
import { Suggest } from '#console/kit/Suggest.tsx'
import type { Customer } from '../customers.contract.ts'
import type { CustomerChoice } from './customerOf.ts'

/** Finds a customer by name, address or phone; or takes what is typed as a new one. */
export function CustomerField({
  value,
  onChange,
  byPhone,
  error,
  label: name,
  known: knownOnly,
}: {
  value: CustomerChoice
  onChange: (choice: CustomerChoice) => void
  byPhone: boolean
  error?: string | null
  label?: string
  /** Somebody new is not meant. */
  known?: boolean
}) {
  const { t } = useTranslation('console')
  const asked = useDeferredValue(value.id ? '' : value.typed.trim())
  const { data: known = [] } = useQuery({
    queryKey: keys.customers(asked),
    queryFn: async ({ signal }) =>
      (await get<{ items: Customer[] }>('/customers', { query: { q: asked, limit: 6 }, signal })).items,
    enabled: asked.length > 1,
    placeholderData: (before) => before,
  })
  const label = (customer: Customer) => {
    const reach = (byPhone && numberOf(customer)) || customer.address || customer.identities[0]?.value || ''
    return customer.name ? (reach ? `${customer.name} <${reach}>` : customer.name) : reach
  }
  return (
    <Field
      label={name ?? t('customer')}
      hint={knownOnly ? undefined : byPhone ? t('customerHintPhone') : t('customerHint')}
      error={error}
    >
      <Suggest
        value={value.typed}
        onChange={(typed) => onChange({ id: null, typed })}
        options={
          asked.length > 1 ? known.map((customer) => ({ id: customer.id, label: label(customer) })) : []
        }
        onPick={(option) => onChange({ id: option.id, typed: option.label })}
      />
    </Field>
  )
}

const numberOf = (customer: Customer) => customer.identities.find(({ kind }) => kind === 'phone')?.value
