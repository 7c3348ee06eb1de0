import { useTranslation } from 'react-i18next'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { ChannelTest } from '../connections.contract.ts'

/** The server's own words, and which setting is likely wrong. */
export function TestResult({ result, imap, smtp }: { result: ChannelTest; imap: boolean; smtp: boolean }) {
  const { t, i18n } = useTranslation(['settings', 'mail', 'sending'])
  const sides = [
    { name: t('settings:channels.imap'), side: result.in, on: imap },
    { name: t('settings:channels.smtp'), side: result.out, on: smtp },
  ]
  return (
    <div role="status">
      {sides
        .filter(({ on, side }) => on && !side.ok)
        .map(({ name, side }) => (
          <div key={name} className={dialogStyles.problem}>
            <strong>{name}</strong>
            <p>{side.error}</p>
            {side.hint && <p>{i18n.exists(side.hint) ? i18n.t(side.hint) : side.hint}</p>}
          </div>
        ))}
    </div>
  )
}
