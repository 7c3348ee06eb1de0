import { useMutation } from '@tanstack/react-query'
import type { Me, Settings } from '#features/agents/agents.contract.ts'
import { reasonOf } from '../api/ApiError.ts'
import { keys, queryClient } from '../api/query.ts'
import { patch } from '../api/request.ts'
import { setLanguage } from '../i18n.ts'
import { say } from '../kit/Toast.tsx'
import { tellTabs } from '../offline/tabs.ts'
import { applyTheme } from '../theme.ts'

/** As the server does it: what happens after sending is kept per inbox, others' choices stay. */
const merged = (old: Settings, { afterSending, ...rest }: Partial<Settings>): Settings => ({
  ...old,
  ...rest,
  afterSending: { ...old.afterSending, ...afterSending },
})

/** Changes the person's own settings; theme and language show at once. */
export function useSettings() {
  return useMutation({
    mutationFn: (settings: Partial<Settings>) => patch<Me>('/me', { settings }),
    onMutate: async (settings) => {
      if (settings.theme) applyTheme(settings.theme)
      if (settings.language) await setLanguage(settings.language)
      queryClient.setQueryData<Me>(keys.me, (me) => me && { ...me, settings: merged(me.settings, settings) })
    },
    onSuccess: (_me, { theme, language }) => tellTabs({ kind: 'settings', theme, language }),
    onError: (error) => {
      say(reasonOf(error), { tone: 'broken' })
      void queryClient.invalidateQueries({ queryKey: keys.me })
    },
  })
}
