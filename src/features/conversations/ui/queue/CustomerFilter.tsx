import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { Suggest } from '#console/kit/Suggest.tsx'
import { Tag } from '#console/kit/Tag.tsx'
import type { Customer } from '#features/customers/customers.contract.ts'
import styles from './FilterFields.module.css'

/** One customer, found by name, address or phone. */
export function CustomerFilter({
  value,
  name,
  onChange,
}: {
  value: string | null
  name: string | null
  onChange: (id: string | null) => void
}) {
  const { t } = useTranslation('queue')
  const [typed, setTyped] = useState('')
  const asked = useDeferredValue(typed.trim())
  const { data: found = [] } = useQuery({
    queryKey: keys.customers(asked),
    queryFn: async ({ signal }) =>
      (await get<{ items: Customer[] }>('/customers', { query: { q: asked, limit: 6 }, signal })).items,
    enabled: asked.length > 1,
    placeholderData: (before) => before,
  })
  if (value)
    return (
      <span className={styles.customer}>
        <Tag onRemove={() => onChange(null)}>{name ?? value}</Tag>
      </span>
    )
  const label = (customer: Customer) =>
    [customer.name, customer.address ?? customer.identities[0]?.value].filter(Boolean).join(' · ')
  return (
    <Suggest
      value={typed}
      onChange={setTyped}
      label={t('field.customer')}
      placeholder={t('any')}
      options={asked.length > 1 ? found.map((each) => ({ id: each.id, label: label(each) })) : []}
      onPick={({ id }) => {
        setTyped('')
        onChange(id)
      }}
    />
  )
}
