import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import { useRemoval } from '#console/settings/useRemoval.tsx'
import type { Channel } from '../connections.contract.ts'

export function RemoveChannel({ channel, onDone }: { channel: Channel; onDone: () => void }) {
  const { t } = useTranslation('settings')
  const removal = useRemoval()
  return (
    <>
      <Button
        look="danger"
        onClick={() =>
          removal.ask({
            path: `/channels/${channel.id}`,
            title: t('channels.removeTitle', { name: channel.name }),
            words: t('channels.removeWords'),
            act: t('remove'),
            done: onDone,
          })
        }
      >
        {t('remove')}
      </Button>
      {removal.dialog}
    </>
  )
}
