import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inboxesQuery } from '#console/api/directory.ts'
import { IconButton } from '#console/kit/Button.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { Tag } from '#console/kit/Tag.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import styles from './QueueHead.module.css'

const sorts = ['waiting', 'newest', 'oldest', 'updated', 'priority'] as const

export function QueueHead({
  name,
  dense,
  onDense,
}: {
  name: string
  dense: boolean
  onDense: (dense: boolean) => void
}) {
  const { t } = useTranslation('console')
  const navigate = useNavigate({ from: '/views/$view' })
  const search = useSearch({ from: '/desk/views/$view' })
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...part, item: undefined }), to: '.' })
  const inbox = inboxes.find((each) => each.id === search.inbox)
  return (
    <header className={styles.head}>
      <MenuButton />
      <h1 className={styles.name}>{name}</h1>
      {inbox && <Tag onRemove={() => change({ inbox: undefined })}>{inbox.name}</Tag>}
      {search.tag && <Tag onRemove={() => change({ tag: undefined })}>{search.tag}</Tag>}
      {search.customer && <Tag onRemove={() => change({ customer: undefined })}>{t('oneCustomer')}</Tag>}
      <Menu align="end" trigger={<IconButton name="settings" size="small" label={t('queueOrder')} />}>
        <MenuChoice
          value={(search.sort as (typeof sorts)[number]) ?? null}
          onChange={(sort) => change({ sort })}
          options={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
        />
        <MenuSeparator />
        <MenuItem icon="list" onClick={() => onDense(!dense)}>
          {dense ? t('rowsRoomy') : t('rowsDense')}
        </MenuItem>
      </Menu>
    </header>
  )
}
