import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery, inboxesQuery, tagsQuery, teamsQuery } from '#console/api/directory.ts'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Button } from '#console/kit/Button.tsx'
import { MultiCombobox } from '#console/kit/Combobox.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import type { Choice } from '#console/kit/popups.ts'
import { categories } from '../statusWords.ts'
import { CustomerFilter } from './CustomerFilter.tsx'
import styles from './FilterFields.module.css'
import { asList, type FilterField, listOf } from './filters.ts'
import type { Filters } from './search.ts'
import { statusesQuery, useFilterNames } from './useFilterNames.ts'

interface Props {
  filters: Filters
  onChange: (part: Partial<Filters>) => void
}
const priorities = ['urgent', 'high', 'normal', 'low']

/** One line per filter: what it is, and what is asked for. */
export function FilterFields({ filters, onChange }: Props) {
  const { t } = useTranslation('queue')
  const options = useOptions()
  const nameOf = useFilterNames(filters.customer)
  const field = (name: Exclude<FilterField, 'q' | 'customer'>) => {
    const value = listOf(filters[name])
    const words = value.map((each) => nameOf(name, each)).join(', ')
    return (
      <Line name={t(`field.${name}`)}>
        <MultiCombobox
          value={value}
          options={options[name]}
          placeholder={t(`field.${name}`)}
          onChange={(ids) => onChange({ [name]: asList(ids) })}
          trigger={
            <Button look="field" size="small" wide aria-label={`${t(`field.${name}`)}: ${words || t('any')}`}>
              <span className={styles.value} data-any={value.length === 0 || undefined}>
                <bdi>{words || t('any')}</bdi>
              </span>
            </Button>
          }
        />
      </Line>
    )
  }
  return (
    <div className={styles.fields}>
      <WordsField value={filters.q ?? ''} onChange={(q) => onChange({ q: q || undefined })} />
      {field('status')}
      {field('assignee')}
      {field('team')}
      {field('inbox')}
      {field('tag')}
      {field('priority')}
      <Line name={t('field.customer')}>
        <CustomerFilter
          value={filters.customer ?? null}
          name={filters.customer ? nameOf('customer', filters.customer) : null}
          onChange={(customer) => onChange({ customer: customer ?? undefined })}
        />
      </Line>
    </div>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <span className={styles.name}>{name}</span>
      {children}
    </div>
  )
}

/** Looked for a moment after the last key, so that the list does not flicker with every letter. */
function WordsField({ value, onChange }: { value: string; onChange: (words: string) => void }) {
  const { t } = useTranslation('queue')
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed matters
  useEffect(() => {
    if (typed.trim() === value) return
    const timer = window.setTimeout(() => onChange(typed.trim()), 300)
    return () => window.clearTimeout(timer)
  }, [typed])
  return (
    <Field label={t('field.q')}>
      <Input value={typed} onChange={setTyped} placeholder={t('wordsPlaceholder')} />
    </Field>
  )
}

function useOptions(): Record<Exclude<FilterField, 'q' | 'customer'>, Choice[]> {
  const { t } = useTranslation('queue')
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const { data: tags = [] } = useQuery(tagsQuery)
  const { data: statuses = [] } = useQuery(statusesQuery)
  const named = ({ id, name }: { id: string; name: string }) => ({ id, label: name })
  return {
    status: [
      ...categories.map((id) => ({ id, label: t(`console:status.${id}`) })),
      ...statuses.map(({ name }) => ({ id: name, label: name })),
    ],
    assignee: [
      { id: 'me', label: t('assignee.me') },
      { id: 'none', label: t('assignee.none') },
      ...agents.map((agent) => ({ ...named(agent), lead: <Avatar name={agent.name} size={20} /> })),
    ],
    team: [{ id: 'mine', label: t('team.mine') }, { id: 'none', label: t('team.none') }, ...teams.map(named)],
    inbox: inboxes.map(named),
    tag: [{ id: 'none', label: t('tag.none') }, ...tags.map((tag) => ({ id: tag, label: tag }))],
    priority: priorities.map((id) => ({ id, label: t(`console:priority.${id}`) })),
  }
}
