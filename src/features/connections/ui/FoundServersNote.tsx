import { useTranslation } from 'react-i18next'
import { Icon } from '#console/kit/Icon.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { FoundServers } from '../connections.contract.ts'

/** Which servers these are, and what the provider wants as a password, with its own page about it. */
export function FoundServersNote({ found, domain }: { found: FoundServers; domain: string }) {
  const { t } = useTranslation('channels')
  const { provider } = found
  if (!provider)
    return (
      <p className={found.how === 'none' ? dialogStyles.warning : dialogStyles.well}>
        {t(`found.${found.how}`, { domain })}
      </p>
    )
  const { name, password, switchOn, page } = provider
  return (
    <div className={dialogStyles.well}>
      <p>
        <strong>{name}</strong>
      </p>
      <p>{t(`password.${password}`, { name })}</p>
      {switchOn && <p>{t('switchOn')}</p>}
      <p>
        <a href={page} target="_blank" rel="noopener noreferrer">
          {t('providerPage', { name })} <Icon name="external" size={12} />
        </a>
      </p>
    </div>
  )
}
