import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery, tagsQuery, teamsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { useCommand } from '#console/commands/useCommands.ts'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Button } from '#console/kit/Button.tsx'
import { Combobox, MultiCombobox } from '#console/kit/Combobox.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { Menu, MenuChoice } from '#console/kit/Menu.tsx'
import { Badge, Tag } from '#console/kit/Tag.tsx'
import { Lasting } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { awayWords } from '#features/agents/ui/away.ts'
import type { Named } from '#shared/wire.ts'
import type { Conversation, Priority } from '../conversations.contract.ts'
import { type Change, changes } from './changes.ts'
import { assign, giveToTeam, notOurs, setPriority, tag } from './commands.ts'
import styles from './Fields.module.css'
import { useNeighbours } from './neighbours.ts'
import { Snooze } from './Snooze.tsx'
import { statusWords } from './statusWords.ts'
import { useFieldOpen } from './useFieldOpen.ts'

interface Props {
  conversation: Conversation
  onChange: (change: Change) => void
}
const nobody = '-'

/** One quiet line: each word is the field's value and the button that changes it. */
export function Fields({ conversation, onChange }: Props) {
  const { t } = useTranslation('console')
  const { category } = conversation.status
  const tone = category === 'new' ? 'accent' : 'neutral'
  return (
    <div className={styles.fields} data-fields="">
      <Badge tone={tone}>{statusWords(conversation.status, t)}</Badge>
      {conversation.spam && <Badge tone="broken">{t('view.spam')}</Badge>}
      {conversation.trashed && <Badge>{t('view.trash')}</Badge>}
      {conversation.waitingSince && (
        <span className={styles.waiting}>
          {t('waiting')} <Lasting since={conversation.waitingSince} />
        </span>
      )}
      <Assignee conversation={conversation} onChange={onChange} />
      <TeamField conversation={conversation} onChange={onChange} />
      <PriorityField conversation={conversation} onChange={onChange} />
      <Snooze conversation={conversation} onChange={onChange} />
      <Tags conversation={conversation} onChange={onChange} />
    </div>
  )
}

function Assignee({ conversation, onChange }: Props) {
  const { t } = useTranslation('console')
  const me = useMe()
  const { data: agents = [] } = useQuery(agentsQuery)
  const [open, setOpen] = useFieldOpen(conversation.number, 'assignee')
  const active = agents.filter((agent) => agent.state === 'active')
  const mineFirst = active.toSorted((a, b) => Number(b.id === me.id) - Number(a.id === me.id))
  const choices = () =>
    mineFirst.map((agent) => ({
      id: agent.id,
      words: agent.name,
      run: () => onChange(changes.assign(agent)),
    }))
  useCommand(assign, () => setOpen(true), { choices })
  return (
    <Combobox
      open={open}
      onOpenChange={setOpen}
      placeholder={t('assignTo')}
      value={conversation.assignee?.id ?? nobody}
      options={[
        ...mineFirst.map((agent) => ({
          id: agent.id,
          label: agent.name,
          hint: awayWords(agent) ?? (agent.id === me.id ? t('me') : undefined),
          lead: <Avatar name={agent.name} size={20} />,
        })),
        { id: nobody, label: t('nobody') },
      ]}
      onChange={(id) => onChange(changes.assign(active.find((agent) => agent.id === id) ?? null))}
      trigger={
        <Button
          look="quiet"
          size="small"
          aria-label={t('assigneeIs', { name: conversation.assignee?.name ?? t('nobody') })}
        >
          {conversation.assignee ? (
            <Avatar name={conversation.assignee.name} size={18} />
          ) : (
            <Icon name="person" />
          )}
          <span className={styles.value}>{conversation.assignee?.name ?? t('assign')}</span>
        </Button>
      }
    />
  )
}

/** On to another team, with the way back; the next conversation takes its place. */
function useHandOn(conversation: Conversation, onChange: Props['onChange']) {
  const { t } = useTranslation('console')
  const neighbours = useNeighbours()
  return (team: Named) => {
    const { team: before, assignee, number } = conversation
    onChange(changes.notOurs(team, conversation))
    const undo = () => {
      if (before) onChange(changes.setTeam(before))
      if (assignee) onChange(changes.assign(assignee))
      neighbours?.open(number)
    }
    say(t('handedOn', { team: team.name }), { act: { label: t('undo'), run: undo } })
    if (!neighbours?.go(1)) neighbours?.leave()
  }
}

function TeamField({ conversation, onChange }: Props) {
  const { t } = useTranslation('console')
  const { data: teams = [], isSuccess: known } = useQuery(teamsQuery)
  const [open, setOpen] = useFieldOpen(conversation.number, 'team')
  const choices = () =>
    teams.map((team) => ({ id: team.id, words: team.name, run: () => onChange(changes.setTeam(team)) }))
  // The same list asks either question; which one is said above it.
  const [asks, setAsks] = useState<'give' | 'notOurs'>('give')
  const handOn = useHandOn(conversation, onChange)
  const others = teams.filter(({ id }) => id !== conversation.team?.id)
  const isOver = ['solved', 'closed'].includes(conversation.status.category)
  const ask = (question: typeof asks) => () => {
    setAsks(question)
    setOpen(true)
  }
  useCommand(giveToTeam, ask('give'), { choices })
  useCommand(notOurs, ask('notOurs'), {
    off: isOver || (known && others.length === 0),
    choices: () => others.map((team) => ({ id: team.id, words: team.name, run: () => handOn(team) })),
  })
  const chosen = (id: string | null) => {
    const team = teams.find((each) => each.id === id) ?? null
    if (asks === 'give' || !team) onChange(changes.setTeam(team))
    else handOn(team)
  }
  return (
    <Combobox
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (!next) setAsks('give')
      }}
      placeholder={t(asks === 'give' ? 'giveToTeam' : 'notOursWhose')}
      value={asks === 'give' ? (conversation.team?.id ?? null) : null}
      options={(asks === 'give' ? teams : others).map((team) => ({
        id: team.id,
        label: team.name,
        hint:
          asks === 'notOurs' && conversation.strayed.some(({ id }) => id === team.id)
            ? t('strayedThere')
            : undefined,
      }))}
      onChange={chosen}
      trigger={
        <Button
          look="quiet"
          size="small"
          aria-label={t('teamIs', { name: conversation.team?.name ?? t('nobody') })}
        >
          <Icon name="team" />
          <span className={styles.value}>{conversation.team?.name ?? t('team')}</span>
        </Button>
      }
    />
  )
}

const priorities: Priority[] = ['urgent', 'high', 'normal', 'low']
function PriorityField({ conversation, onChange }: Props) {
  const { t } = useTranslation('console')
  const [open, setOpen] = useFieldOpen(conversation.number, 'priority')
  const choices = () =>
    priorities.map((value) => ({
      id: value,
      words: t(`priority.${value}`),
      run: () => onChange(changes.setPriority(value)),
    }))
  useCommand(setPriority, () => setOpen(true), { choices })
  const { priority } = conversation
  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          look="quiet"
          size="small"
          data-warm={priority === 'urgent' || priority === 'high' || undefined}
          aria-label={t('priorityIs', { name: t(`priority.${priority}`) })}
        >
          <Icon name="flag" />
          {t(`priority.${priority}`)}
        </Button>
      }
    >
      <MenuChoice
        value={priority}
        onChange={(next) => onChange(changes.setPriority(next))}
        options={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
      />
    </Menu>
  )
}

function Tags({ conversation, onChange }: Props) {
  const { t } = useTranslation('console')
  const [open, setOpen] = useFieldOpen(conversation.number, 'tags')
  const trigger = useRef<HTMLButtonElement>(null)
  useCommand(tag, () => {
    // On the phone the line runs past the edge; what opens there would draw the whole desk aside.
    trigger.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    setOpen(true)
  })
  const { data: known = [] } = useQuery({ ...tagsQuery, enabled: open })
  const { tags } = conversation
  const options = [...new Set([...tags, ...known])].map((tag) => ({ id: tag, label: tag }))
  return (
    <>
      {tags.map((each) => (
        <Tag key={each} onRemove={() => onChange(changes.removeTag(each, tags))}>
          {each}
        </Tag>
      ))}
      <MultiCombobox
        open={open}
        onOpenChange={setOpen}
        placeholder={t('tagFind')}
        value={tags}
        options={options}
        onCreate={(tag) => onChange(changes.addTag(tag, tags))}
        onChange={(next) => {
          for (const tag of next) if (!tags.includes(tag)) onChange(changes.addTag(tag, tags))
          for (const tag of tags) if (!next.includes(tag)) onChange(changes.removeTag(tag, tags))
        }}
        trigger={
          <Button ref={trigger} look="quiet" size="small" icon="tag" aria-label={t('tagAdd')}>
            {tags.length === 0 && t('tag')}
          </Button>
        }
      />
    </>
  )
}
