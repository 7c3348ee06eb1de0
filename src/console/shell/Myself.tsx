import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Me, Settings } from '#features/agents/agents.contract.ts'
import { reasonOf } from '../api/ApiError.ts'
import { useMe } from '../api/me.ts'
import { keys, queryClient } from '../api/query.ts'
import { patch, post } from '../api/request.ts'
import { showKeys } from '../commands/desk.ts'
import { keyHint } from '../commands/useCommands.ts'
import { setLanguage, type UiLanguage } from '../i18n.ts'
import { Avatar } from '../kit/Avatar.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../kit/Menu.tsx'
import { say } from '../kit/Toast.tsx'
import { applyTheme, type Theme } from '../theme.ts'
import styles from './Rail.module.css'

/** Changes the person's own settings; theme and language show at once. */
export function useSettings() {
  return useMutation({
    mutationFn: (settings: Partial<Settings>) => patch<Me>('/me', { settings }),
    onMutate: async (settings) => {
      if (settings.theme) applyTheme(settings.theme)
      if (settings.language) await setLanguage(settings.language)
      queryClient.setQueryData<Me>(
        keys.me,
        (me) => me && { ...me, settings: { ...me.settings, ...settings } },
      )
    },
    onError: (error) => {
      say(reasonOf(error), { tone: 'broken' })
      void queryClient.invalidateQueries({ queryKey: keys.me })
    },
  })
}

export function Myself({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation('console')
  const me = useMe()
  const settings = useSettings()
  async function signOut() {
    await post('/sign-out').catch(() => {})
    location.assign('/sign-in')
  }
  return (
    <Menu
      trigger={
        <button type="button" className={styles.link}>
          <Avatar name={me.name} size={20} />
          <span className={styles.name}>{me.name}</span>
        </button>
      }
    >
      <MenuChoice<Theme>
        value={me.settings.theme}
        onChange={(theme) => settings.mutate({ theme })}
        options={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: t(`theme.${value}`),
        }))}
      />
      <MenuSeparator />
      <MenuChoice<UiLanguage>
        value={me.settings.language}
        onChange={(language) => settings.mutate({ language })}
        options={[
          { value: 'en', label: 'English' },
          { value: 'ru', label: 'Русский' },
        ]}
      />
      <MenuSeparator />
      <MenuItem icon="keyboard" hint={keyHint(showKeys)} onClick={onHelp}>
        {t('keys')}
      </MenuItem>
      <MenuItem icon="back" onClick={() => void signOut()}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}
