import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { Button, IconButton } from '#console/kit/Button.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import type { Conversation, Then } from '../../conversations.contract.ts'
import styles from '../Composer.module.css'
import { SendLaterDialog } from './SendLaterDialog.tsx'
import { type Choice, plainChoices, snoozeChoices } from './sendHow.ts'
import type { SendLater } from './useSend.ts'

/** Says what it does. The small one beside it changes that, for this inbox or for this once. */
export function SendButton({
  conversation,
  choice,
  once,
  busy,
  disabled,
  onChoose,
  onOnce,
  onSend,
}: {
  conversation: Conversation
  choice: Choice
  /** Only this time; null: as chosen for the inbox. */
  once: Then | null
  busy: boolean
  disabled: boolean
  onChoose: (choice: Choice) => void
  onOnce: (then: Then | null) => void
  onSend: (later?: SendLater) => void
}) {
  const { t } = useTranslation('composer')
  const me = useMe()
  const [later, setLater] = useState(false)
  const { data: agents = [] } = useQuery(agentsQuery)
  const others = agents.filter((agent) => agent.state === 'active' && agent.id !== me.id)
  const taker = once?.assignee ? agents.find((agent) => agent.id === once.assignee)?.name : null
  const choices: Choice[] = [...plainChoices, ...snoozeChoices.map((name) => `snooze.${name}` as const)]
  return (
    <div className={styles.send}>
      <Button look="main" busy={busy} disabled={disabled} onClick={() => onSend()} title="Ctrl+Enter">
        {taker ? t('send.assign', { name: taker }) : t(`send.${choice}`)}
      </Button>
      <Menu align="end" trigger={<IconButton look="main" name="chevron" label={t('sendHow')} />}>
        <MenuItem icon="clock" disabled={disabled} onClick={() => setLater(true)}>
          {t('sendLater')}
        </MenuItem>
        <MenuSeparator />
        <MenuChoice<Choice>
          value={taker ? null : choice}
          onChange={onChoose}
          options={choices.map((value) => ({ value, label: t(`send.${value}`) }))}
        />
        {others.length > 0 && <MenuSeparator />}
        {others.slice(0, 8).map((agent) => (
          <MenuItem
            key={agent.id}
            icon="person"
            onClick={() => onOnce({ status: 'pending', assignee: agent.id })}
          >
            {t('send.assign', { name: agent.name })}
          </MenuItem>
        ))}
      </Menu>
      {later && (
        <SendLaterDialog
          customer={conversation.customer.name}
          onClose={() => setLater(false)}
          onChoose={(chosen) => {
            setLater(false)
            onSend(chosen)
          }}
        />
      )}
    </div>
  )
}
