import { useTranslation } from 'react-i18next'
import { useMe } from '../api/me.ts'
import { showKeys } from '../commands/desk.ts'
import { runCommand } from '../commands/registry.ts'
import { keyHint } from '../commands/useCommands.ts'
import type { UiLanguage } from '../i18n.ts'
import { Avatar } from '../kit/Avatar.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../kit/Menu.tsx'
import { NavButton } from '../kit/Nav.tsx'
import type { Theme } from '../theme.ts'
import styles from './Rail.module.css'
import { signOut } from './signOut.ts'
import { useAbsence } from './useAbsence.ts'
import { useSettings } from './useSettings.ts'

export function Myself() {
  const { t } = useTranslation('console')
  const me = useMe()
  const settings = useSettings()
  const { away, setAway } = useAbsence()
  return (
    <Menu
      trigger={
        <NavButton
          lead={
            <span className={styles.myself} data-away={away || undefined}>
              <Avatar name={me.name} size={20} />
            </span>
          }
          end={away ? t('queue:away') : undefined}
        >
          {me.name}
        </NavButton>
      }
    >
      <MenuChoice
        value={away ? 'away' : 'available'}
        onChange={(next) => setAway(next === 'away')}
        options={(['available', 'away'] as const).map((value) => ({ value, label: t(`queue:${value}`) }))}
      />
      <MenuSeparator />
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
      <MenuItem icon="keyboard" hint={keyHint(showKeys)} onClick={() => runCommand(showKeys)}>
        {t('keys')}
      </MenuItem>
      <MenuItem icon="back" onClick={() => void signOut()}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}
