import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, reasonOf } from '#console/api/ApiError.ts'
import { post } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'

/** One code is good once, however often the page is drawn. */
let ended: string | null = null

/**
 * The browser comes back from a provider with a code in the address: the sign-in is ended with it, and the address is
 * what it was. @param onBack hears which channel it was for
 */
export function useComingBack(onBack: (channel: string) => void): void {
  const { t } = useTranslation('channels')
  const navigate = useNavigate()
  const [brought] = useState(() => new URLSearchParams(window.location.search))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what the address held at first
  useEffect(() => {
    const { code, state, error, error_description: words } = Object.fromEntries(brought)
    if (!state || ended === state) return
    ended = state
    void navigate({ to: '/settings/$page', params: { page: 'channels' }, search: {}, replace: true })
    if (!code) {
      say(t('signIn.denied', { words: words || error || '' }), { tone: 'broken' })
      return
    }
    post<{ channel: string }>('/channels/sign-in', { code, state }).then(
      ({ channel }) => {
        say(t('signIn.done'))
        onBack(channel)
      },
      (problem: unknown) =>
        say(problem instanceof ApiError && problem.errors[0] ? problem.errors[0].text : reasonOf(problem), {
          tone: 'broken',
        }),
    )
  }, [])
}
