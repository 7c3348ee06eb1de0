import { useTranslation } from 'react-i18next'
import { RemoveButton } from '#console/settings/RemoveButton.tsx'
import type { Channel } from '../connections.contract.ts'

export function RemoveChannel({ channel, onDone }: { channel: Channel; onDone: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <RemoveButton
      path={`/channels/${channel.id}`}
      title={t('channels.removeTitle', { name: channel.name })}
      words={t('channels.removeWords')}
      onDone={onDone}
    />
  )
}
