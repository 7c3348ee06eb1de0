// The popups of the bulk bar: each changes all that are picked.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery, tagsQuery, teamsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { Avatar } from '#console/kit/Avatar.tsx'
import { IconButton } from '#console/kit/Button.tsx'
import { Combobox, MultiCombobox } from '#console/kit/Combobox.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { useMinute } from '#console/kit/Time.tsx'
import { awayWords } from '#features/agents/ui/away.ts'
import type { Conversation, Priority } from '../../conversations.contract.ts'
import { snoozeTimes } from '../snoozeTimes.ts'
import { acts } from './acts.ts'
import { timeAhead } from './timeAhead.ts'
import { statusesQuery } from './useFilterNames.ts'
import type { Hands, Picker } from './useHands.ts'

const popup = ({ picker, setPicker }: Hands, name: Picker) => ({
  open: picker === name,
  onOpenChange: (open: boolean) => setPicker(open ? name : null),
})
const nobody = '-'

export function AssignPicker({ hands }: { hands: Hands }) {
  const { t } = useTranslation('queue')
  const me = useMe()
  const { data: agents = [] } = useQuery(agentsQuery)
  const active = agents
    .filter((agent) => agent.state === 'active')
    .toSorted((a, b) => Number(b.id === me.id) - Number(a.id === me.id))
  return (
    <Combobox
      {...popup(hands, 'assign')}
      placeholder={t('console:assignTo')}
      value={null}
      options={[
        ...active.map((agent) => ({
          id: agent.id,
          label: agent.name,
          hint: awayWords(agent) ?? (agent.id === me.id ? t('console:me') : undefined),
          lead: <Avatar name={agent.name} size={20} />,
        })),
        { id: nobody, label: t('console:nobody') },
      ]}
      onChange={(id) => hands.act(acts.assign(active.find((agent) => agent.id === id) ?? null))}
      trigger={<IconButton name="person" size="small" label={t('console:assign')} keys="a" />}
    />
  )
}

export function TeamPicker({ hands }: { hands: Hands }) {
  const { t } = useTranslation('queue')
  const { data: teams = [] } = useQuery(teamsQuery)
  return (
    <Combobox
      {...popup(hands, 'team')}
      placeholder={t('console:giveToTeam')}
      value={null}
      options={teams.map((team) => ({ id: team.id, label: team.name }))}
      onChange={(id) => {
        const team = teams.find((each) => each.id === id)
        if (team) hands.act(acts.setTeam(team))
      }}
      trigger={<IconButton name="team" size="small" label={t('console:team')} />}
    />
  )
}

const priorities: Priority[] = ['urgent', 'high', 'normal', 'low']
export function PriorityPicker({ hands }: { hands: Hands }) {
  const { t } = useTranslation('console')
  return (
    <Menu
      {...popup(hands, 'priority')}
      trigger={<IconButton name="flag" size="small" label={t('queue:field.priority')} keys="p" />}
    >
      {priorities.map((priority) => (
        <MenuItem
          key={priority}
          onClick={() => hands.act(acts.setPriority(priority, t(`priority.${priority}`)))}
        >
          {t(`priority.${priority}`)}
        </MenuItem>
      ))}
    </Menu>
  )
}

type Category = Conversation['status']['category']
const settable: Category[] = ['open', 'pending', 'on_hold', 'solved']
export function StatusPicker({ hands }: { hands: Hands }) {
  const { t } = useTranslation('queue')
  const { data: own = [] } = useQuery({ ...statusesQuery, enabled: hands.picker === 'status' })
  const choices = [
    ...settable.map((name) => ({ name: name as string, category: name, words: t(`console:status.${name}`) })),
    ...own.map(({ name, category }) => ({ name, category: category as Category, words: name })),
  ]
  return (
    <Menu
      {...popup(hands, 'status')}
      trigger={<IconButton name="log" size="small" label={t('field.status')} />}
    >
      {choices.map(({ name, category, words }) => (
        <MenuItem key={name} onClick={() => hands.act(acts.setStatus(category, name, words))}>
          {words}
        </MenuItem>
      ))}
    </Menu>
  )
}

export function SnoozePicker({ hands }: { hands: Hands }) {
  const { t, i18n } = useTranslation('console')
  const now = useMinute()
  const snoozed = hands.rows.some((row) => row.snoozedUntil && hands.selection.numbers.has(row.number))
  return (
    <Menu
      {...popup(hands, 'snooze')}
      trigger={<IconButton name="clock" size="small" label={t('snooze')} keys="z" />}
    >
      {snoozeTimes(new Date(now)).map(({ name, at }) => {
        const words = timeAhead(at.toISOString(), now, i18n.language)
        return (
          <MenuItem key={name} hint={words} onClick={() => hands.act(acts.snooze(at.toISOString(), words))}>
            {t(`snooze.${name}`)}
          </MenuItem>
        )
      })}
      {snoozed && (
        <>
          <MenuSeparator />
          <MenuItem onClick={() => hands.act(acts.wake())}>{t('snooze.wake')}</MenuItem>
        </>
      )}
    </Menu>
  )
}

/** Ticked are the tags that all picked rows have. What was ticked and unticked is done when the popup closes. */
export function TagPicker({ hands }: { hands: Hands }) {
  const { t } = useTranslation('console')
  const open = hands.picker === 'tag'
  const { data: known = [] } = useQuery({ ...tagsQuery, enabled: open })
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map())
  const picked = hands.rows.filter((row) => hands.selection.numbers.has(row.number))
  const onSome = [...new Set(picked.flatMap((row) => row.tags))]
  const onAll = onSome.filter((tag) => picked.every((row) => row.tags.includes(tag)))
  const names = [...new Set([...changed.keys(), ...onSome, ...known])]
  const value = names.filter((tag) => changed.get(tag) ?? onAll.includes(tag))
  const set = (next: readonly string[]) => {
    const all = new Map(changed)
    for (const tag of names) if (next.includes(tag) !== value.includes(tag)) all.set(tag, next.includes(tag))
    setChanged(all)
  }
  return (
    <MultiCombobox
      open={open}
      onOpenChange={(next) => {
        hands.setPicker(next ? 'tag' : null)
        if (next) return setChanged(new Map())
        const add = [...changed].filter(([tag, on]) => on && !onAll.includes(tag)).map(([tag]) => tag)
        const remove = [...changed].filter(([tag, on]) => !on && onSome.includes(tag)).map(([tag]) => tag)
        if (add.length + remove.length > 0) hands.act(acts.tag(add, remove))
      }}
      placeholder={t('tagFind')}
      value={value}
      options={names.map((tag) => ({
        id: tag,
        label: tag,
        hint: onSome.includes(tag) && !onAll.includes(tag) ? t('queue:onSome') : undefined,
      }))}
      onCreate={(tag) => setChanged(new Map(changed).set(tag, true))}
      onChange={set}
      trigger={<IconButton name="tag" size="small" label={t('tagAdd')} keys="t" />}
    />
  )
}
