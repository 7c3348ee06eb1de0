import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { Channel } from '../connections.contract.ts'
import { Trouble } from './TrialSteps.tsx'

type State = 'off' | 'trouble' | 'expiring' | 'noSent' | 'silent' | 'quiet' | 'works'
/** Somebody has to sign in again within a week. */
const endsSoon = (oauth: Channel['oauth']) =>
  oauth?.until != null && Date.parse(oauth.until) - Date.now() < 7 * 24 * 3600_000
export const stateOf = ({ enabled, health, oauth }: Channel): State => {
  if (!enabled) return 'off'
  if (health.lastError !== null) return 'trouble'
  if (endsSoon(oauth)) return 'expiring'
  if (health.noSentSince !== null) return 'noSent'
  if (health.silentSince !== null) return 'silent'
  return health.lastInAt || health.lastOutAt ? 'works' : 'quiet'
}
const tones = {
  off: 'neutral',
  trouble: 'broken',
  expiring: 'warm',
  noSent: 'warm',
  silent: 'warm',
  quiet: 'neutral',
  works: 'accent',
} as const

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
      <Ending channel={channel} />
      <NoSent channel={channel} />
      <Silence channel={channel} />
      <LastTimes channel={channel} />
      <Waiting channel={channel} />
    </>
  )
}

function Silence({ channel, whole }: { channel: Channel; whole?: boolean }) {
  const { t } = useTranslation('channels')
  if (stateOf(channel) !== 'silent') return null
  return (
    <>
      {t('health.silentWords')} {whole && channel.kind === 'mail' && <>{t('health.silentHint')} </>}
    </>
  )
}

function Ending({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels')
  const { until } = channel.oauth ?? {}
  if (!until || stateOf(channel) !== 'expiring') return null
  return (
    <>
      {t('health.expires')} <Time at={until} />
      {' · '}
    </>
  )
}

function NoSent({ channel, whole }: { channel: Channel; whole?: boolean }) {
  const { t } = useTranslation('channels')
  if (stateOf(channel) !== 'noSent') return null
  return (
    <>
      {t('health.noSentWords')} {whole && <>{t('health.noSentHint')} </>}
    </>
  )
}

/** What is behind: received and not worked on, due and not gone. */
function Waiting({ channel: { health } }: { channel: Channel }) {
  const { t } = useTranslation('channels')
  return (
    <>
      {health.waitingIn > 0 && <> · {t('health.waitingIn', { count: health.waitingIn })}</>}
      {health.waitingOut > 0 && <> · {t('health.waitingOut', { count: health.waitingOut })}</>}
    </>
  )
}

/** When mail last came and went. That a look worked is worth its words where none came, and at length. */
function LastTimes({ channel: { health, enabled }, whole }: { channel: Channel; whole?: boolean }) {
  const { t } = useTranslation('channels')
  const names = (['lastMail', 'lastIn', 'lastOut'] as const).filter(
    (name) => name !== 'lastIn' || whole || health.lastMailAt === null,
  )
  const times = names.flatMap((name) => {
    const at = health[`${name}At`]
    return at ? [{ name, at }] : []
  })
  if (times.length === 0) return enabled ? t('health.never') : null
  return times.map(({ name, at }, i) => (
    <Fragment key={name}>
      {i > 0 && ' · '}
      {t(`health.${name}`)} <Time at={at} />
    </Fragment>
  ))
}

/** The same at length, above the settings it is about. */
export function HealthNotice({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels')
  const { health } = channel
  if (stateOf(channel) !== 'trouble')
    return (
      <p>
        <HealthBadge channel={channel} /> <Ending channel={channel} /> <NoSent channel={channel} whole />
        <Silence channel={channel} whole />
        <LastTimes channel={channel} whole />
        <Waiting channel={channel} />
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
        <LastTimes channel={channel} whole />
        <Waiting channel={channel} />
      </p>
    </div>
  )
}
