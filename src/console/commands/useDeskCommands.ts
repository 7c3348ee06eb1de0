import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import {
  goAll,
  goDrafts,
  goMine,
  goMyTeams,
  goOutbox,
  goSearch,
  goSettings,
  goUnassigned,
  showKeys,
} from './desk.ts'
import { setSingleKeys } from './listen.ts'
import { useCommands } from './useCommands.ts'

/** Binds what works everywhere on the desk. Mounted once, by the shell. */
export function useDeskCommands(singleKeys: boolean, onHelp: () => void): void {
  const navigate = useNavigate()
  useEffect(() => setSingleKeys(singleKeys), [singleKeys])
  const toView = (view: string) => () => void navigate({ to: '/views/$view', params: { view } })
  useCommands([
    { command: showKeys, run: onHelp },
    { command: goSearch, run: () => void navigate({ to: '/search' }) },
    { command: goMine, run: toView('mine') },
    { command: goUnassigned, run: toView('unassigned') },
    { command: goMyTeams, run: toView('my-teams') },
    { command: goAll, run: toView('all') },
    { command: goDrafts, run: () => void navigate({ to: '/drafts' }) },
    { command: goOutbox, run: () => void navigate({ to: '/outbox' }) },
    {
      command: goSettings,
      run: () => void navigate({ to: '/settings/$page', params: { page: 'profile' } }),
    },
  ])
}
