import { useTranslation } from 'react-i18next'
import { Badge } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { Channel } from '../connections.contract.ts'
import { Trouble } from './TrialSteps.tsx'

type State = 'off' | 'trouble' | 'quiet' | 'works'
export const stateOf = ({ enabled, health }: Channel): State => {
  if (!enabled) return 'off'
  if (health.lastError !== null) return 'trouble'
  return health.lastInAt || health.lastOutAt ? 'works' : 'quiet'
}
const tones = { off: 'neutral', trouble: 'broken', quiet: 'neutral', works: 'accent' } as const

export function HealthBadge({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels')
  const state = stateOf(channel)
  return <Badge tone={tones[state]}>{t(`health.${state}`)}</Badge>
}

/** In one line: what does not work and what to do, and when it last did. */
export function HealthLine({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels')
  const { health } = channel
  const trouble = stateOf(channel) === 'trouble'
  return (
    <>
      {trouble && (
        <>
          {t(`health.${health.lastErrorSide ?? 'any'}`)} {health.lastErrorHint ?? t('health.again')}{' '}
        </>
      )}
      <LastTimes channel={channel} />
    </>
  )
}

function LastTimes({ channel: { health, enabled } }: { channel: Channel }) {
  const { t } = useTranslation('channels')
  if (!health.lastInAt && !health.lastOutAt) return enabled ? t('health.never') : null
  return (
    <>
      {health.lastInAt && (
        <>
          {t('health.lastIn')} <Time at={health.lastInAt} />
        </>
      )}
      {health.lastInAt && health.lastOutAt && ' · '}
      {health.lastOutAt && (
        <>
          {t('health.lastOut')} <Time at={health.lastOutAt} />
        </>
      )}
    </>
  )
}

/** The same at length, above the settings it is about. */
export function HealthNotice({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels')
  const { health } = channel
  if (stateOf(channel) !== 'trouble')
    return (
      <p>
        <HealthBadge channel={channel} /> <LastTimes channel={channel} />
      </p>
    )
  return (
    <div className={dialogStyles.problem}>
      <p>
        <strong>{t(`health.${health.lastErrorSide ?? 'any'}`)}</strong>{' '}
        {health.lastErrorAt && <Time at={health.lastErrorAt} />}
      </p>
      <Trouble error={health.lastError} hint={health.lastErrorHint ?? t('health.again')} />
      <p>
        <LastTimes channel={channel} />
      </p>
    </div>
  )
}
