import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { keyHint, useCommands } from '#console/commands/useCommands.ts'
import { NavButton } from '#console/kit/Nav.tsx'
import { onDemand } from '#console/kit/onDemand.tsx'
import type { PopoverProps } from '#console/kit/Popover.tsx'
import { useRailTip } from '#console/shell/railFolded.ts'
import { numberWords } from '#console/time.ts'
import { goNewsSettings, readNews, showNews } from './commands.ts'
import { markRead } from './news.ts'
import { useNews, useUnread } from './useNews.ts'

const NewsPopover = onDemand<Omit<PopoverProps, 'children'>>(
  async () => (await import('./NewsPopover.tsx')).NewsPopover,
  { popup: 'dialog' },
)

/** In the rail: how much waits, and the list of it. */
export function Bell({
  commands,
  open,
  onOpenChange,
}: {
  commands: boolean
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { t, i18n } = useTranslation('console')
  const railTip = useRailTip()
  const navigate = useNavigate()
  const unread = useUnread()
  useCommands([
    { command: showNews, off: !commands, run: () => onOpenChange(true) },
    { command: readNews, off: !commands || unread === 0, run: () => void markRead() },
    {
      command: goNewsSettings,
      off: !commands,
      run: () => void navigate({ to: '/settings/$page', params: { page: 'notifications' } }),
    },
  ])
  return (
    <>
      {commands && <News />}
      <NewsPopover
        open={open}
        onOpenChange={onOpenChange}
        trigger={
          <NavButton
            icon="bell"
            count={unread > 0 ? numberWords(unread, i18n.language) : undefined}
            {...railTip(t('bell'), keyHint(showNews))}
          >
            {t('bell')}
          </NavButton>
        }
      />
    </>
  )
}

/** Keeps title, icon and what appears true; beside the rail that is always there, not the one in the drawer. */
function News() {
  useNews()
  return null
}
