import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { signOut } from '../shell/signOut.ts'
import { useSettings } from '../shell/useSettings.ts'
import {
  followSystem,
  goAll,
  goDark,
  goDrafts,
  goLight,
  goMine,
  goMyTeams,
  goNumbers,
  goOutbox,
  goSearch,
  goSettings,
  goUnassigned,
  newConversation,
  showKeys,
  showPalette,
  signOut as signOutCommand,
} from './desk.ts'
import { setSingleKeys } from './listen.ts'
import { useCommands } from './useCommands.ts'

/** Binds what works everywhere on the desk. Mounted once, by the shell. */
export function useDeskCommands(
  singleKeys: boolean,
  open: { help: () => void; palette: () => void; newConversation: () => void },
): void {
  const navigate = useNavigate()
  const settings = useSettings()
  useEffect(() => setSingleKeys(singleKeys), [singleKeys])
  const toView = (view: string) => () => void navigate({ to: '/views/$view', params: { view } })
  useCommands([
    { command: showKeys, run: open.help },
    { command: newConversation, run: open.newConversation },
    { command: followSystem, run: () => settings.mutate({ theme: 'system' }) },
    { command: goLight, run: () => settings.mutate({ theme: 'light' }) },
    { command: goDark, run: () => settings.mutate({ theme: 'dark' }) },
    { command: signOutCommand, run: signOut },
    { command: showPalette, run: open.palette, keyOnly: true },
    { command: goSearch, run: () => void navigate({ to: '/search' }) },
    { command: goMine, run: toView('mine') },
    { command: goUnassigned, run: toView('unassigned') },
    { command: goMyTeams, run: toView('my-teams') },
    { command: goAll, run: toView('all') },
    { command: goDrafts, run: () => void navigate({ to: '/drafts' }) },
    { command: goNumbers, run: () => void navigate({ to: '/numbers' }) },
    { command: goOutbox, run: () => void navigate({ to: '/outbox' }) },
    {
      command: goSettings,
      run: () => void navigate({ to: '/settings/$page', params: { page: 'profile' } }),
    },
  ])
}
