import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import { lazily } from '#console/kit/lazily.ts'
import { Tag } from '#console/kit/Tag.tsx'
import { chipsOf, filterFields, toSave, without } from './filters.ts'
import styles from './QueueHead.module.css'
import { useFilterNames } from './useFilterNames.ts'
import type { Queue } from './useQueue.ts'

const SaveView = lazily(async () => (await import('#features/views/ui/SaveView.tsx')).SaveView)

/** What the list is narrowed by; each can be taken away, all of it kept as a view. */
export function Chips({ queue }: { queue: Queue }) {
  const { filters } = queue
  if (chipsOf(filters).length === 0) return null
  return <Shown queue={queue} />
}

function Shown({ queue: { filters, view, own, sort, change } }: { queue: Queue }) {
  const { t } = useTranslation('queue')
  const nameOf = useFilterNames(filters.customer)
  const [saving, setSaving] = useState(false)
  const saved = toSave(view, own?.filters ?? null, filters)
  const none = Object.fromEntries(filterFields.map((field) => [field, undefined]))
  return (
    <div className={styles.chips}>
      {chipsOf(filters).map((chip) => (
        <Tag
          key={`${chip.field} ${chip.value}`}
          onRemove={() => change({ [chip.field]: without(filters, chip) })}
        >
          {nameOf(chip.field, chip.value)}
        </Tag>
      ))}
      <Button look="quiet" size="small" onClick={() => change(none)}>
        {t('filterClear')}
      </Button>
      {saved && (
        <Button look="quiet" size="small" onClick={() => setSaving(true)}>
          {t('viewSave')}
        </Button>
      )}
      {saving && saved && (
        <Suspense>
          <SaveView begin={{ filters: saved, sort }} onClose={() => setSaving(false)} />
        </Suspense>
      )}
    </div>
  )
}
