import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '#console/commands/useCommands.ts'
import { Button } from '#console/kit/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { useMinute } from '#console/kit/Time.tsx'
import { fullTime, shortTime } from '#console/time.ts'
import type { Conversation } from '../conversations.contract.ts'
import { type Change, changes } from './changes.ts'
import { snooze } from './commands.ts'
import { snoozeTimes } from './snoozeTimes.ts'

export function Snooze({
  conversation,
  onChange,
}: {
  conversation: Conversation
  onChange: (change: Change) => void
}) {
  const { t, i18n } = useTranslation('console')
  const [open, setOpen] = useState(false)
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
          {until ? t('snoozedUntil', { time: shortTimeAhead(until, now, i18n.language) }) : t('snooze')}
        </Button>
      }
    >
      {snoozeTimes(new Date(now)).map(({ name, at }) => (
        <MenuItem
          key={name}
          hint={shortTimeAhead(at.toISOString(), now, i18n.language)}
          onClick={() => onChange(changes.snooze(at.toISOString()))}
        >
          {t(`snooze.${name}`)}
        </MenuItem>
      ))}
      {until && (
        <>
          <MenuSeparator />
          <MenuItem onClick={() => onChange(changes.wake())}>{t('snooze.wake')}</MenuItem>
        </>
      )}
    </Menu>
  )
}

/** "14:00" today, "Mon 09:00" in the coming week, else the date. */
function shortTimeAhead(at: string, now: number, language: string): string {
  const days = (Date.parse(at) - now) / 86_400_000
  const hour = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString()
  if (sameDay) return hour.format(new Date(at))
  if (days >= 7) return shortTime(at, now, language)
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short' }).format(new Date(at))
  return `${weekday} ${hour.format(new Date(at))}`
}
