import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { setSingleKeys, useKeys } from './keys.ts'

/** Keys that work everywhere on the desk. */
export function useDeskKeys(on: boolean, onHelp: () => void): void {
  const navigate = useNavigate()
  useEffect(() => setSingleKeys(on), [on])
  const toView = (view: string) => () => void navigate({ to: '/views/$view', params: { view } })
  useKeys({
    '?': onHelp,
    '/': () => void navigate({ to: '/search' }),
    'g m': toView('mine'),
    'g u': toView('unassigned'),
    'g t': toView('my-teams'),
    'g a': toView('all'),
    'g d': () => void navigate({ to: '/drafts' }),
    'g o': () => void navigate({ to: '/outbox' }),
    'g s': () => void navigate({ to: '/settings/$page', params: { page: 'profile' } }),
  })
}
