import { useTranslation } from 'react-i18next'
import { useCommand } from '#console/commands/useCommands.ts'
import { Button } from '#console/kit/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { useMinute } from '#console/kit/Time.tsx'
import { fullTime } from '#console/time.ts'
import type { Conversation } from '../conversations.contract.ts'
import { type Change, changes } from './changes.ts'
import { snooze } from './commands.ts'
import { timeAhead } from './queue/timeAhead.ts'
import { snoozeTimes } from './snoozeTimes.ts'
import { useFieldOpen } from './useFieldOpen.ts'

export function Snooze({
  conversation,
  onChange,
}: {
  conversation: Conversation
  onChange: (change: Change) => void
}) {
  const { t, i18n } = useTranslation('console')
  const [open, setOpen] = useFieldOpen(conversation.number, 'snooze')
  const now = useMinute()
  useCommand(snooze, () => setOpen(true))
  const until = conversation.snoozedUntil
  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          look="quiet"
          size="small"
          icon="clock"
          title={until ? fullTime(until, i18n.language) : undefined}
        >
          {until ? t('snoozedUntil', { time: timeAhead(until, now, i18n.language) }) : t('snooze')}
        </Button>
      }
    >
      <Times onChange={onChange} />
      {until && (
        <>
          <MenuSeparator />
          <MenuItem onClick={() => onChange(changes.wake())}>{t('snooze.wake')}</MenuItem>
        </>
      )}
    </Menu>
  )
}

/** Reckoned only while the menu is open. */
function Times({ onChange }: { onChange: (change: Change) => void }) {
  const { t, i18n } = useTranslation('console')
  const now = useMinute()
  return snoozeTimes(new Date(now)).map(({ name, at }) => (
    <MenuItem
      key={name}
      hint={timeAhead(at.toISOString(), now, i18n.language)}
      onClick={() => onChange(changes.snooze(at.toISOString()))}
    >
      {t(`snooze.${name}`)}
    </MenuItem>
  ))
}
