import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { queryClient } from '#console/api/query.ts'
import { del, get, post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Switch } from '#console/kit/Checkbox.tsx'
import { ChoiceGrid } from '#console/kit/ChoiceGrid.tsx'
import { List, ListRow, Page, Section } from '#console/kit/List.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import {
  answersGoOut,
  inTheMorning,
  kinds,
  mailsWhileAway,
  media,
  onlyAvailable,
  wants,
  wantsWords,
} from '#shared/notifications/choices.ts'
import type { Push, PushDevice } from '../notifications.contract.ts'
import { play } from './chime.ts'
import styles from './NotificationsPage.module.css'
import { choose } from './news.ts'
import { canPush, pushHere, pushHereNoMore } from './pushHere.ts'

/** What one hears of, by which means; where one is pushed to; and each of it tried. */
export function NotificationsPage() {
  const { t } = useTranslation('notifications')
  const choices = useMe().settings.notifications
  return (
    <Page title={t('title')} words={t('words')}>
      <ChoiceGrid
        label={t('grid')}
        corner={t('event')}
        rows={kinds.map((id) => ({ id, name: t(`kind.${id}`) }))}
        columns={media.map((id) => ({ id, name: t(`medium.${id}`) }))}
        cell={(kind, medium) => ({
          label: t('cell', { kind: t(`kind.${kind}`), medium: t(`medium.${medium}`) }),
          checked: wants(choices, kind, medium) && (medium !== 'sound' || wants(choices, kind, 'page')),
          // It sounds when it appears.
          disabled: medium === 'sound' && !wants(choices, kind, 'page'),
        })}
        onChange={(kind, medium, checked) => void choose({ [`${kind}.${medium}`]: checked })}
      />
      <Section title={t('when')}>
        <Choice name="available" words="available" checked={onlyAvailable(choices)} />
        <Choice name="away.mail" words="awayMail" checked={mailsWhileAway(choices)} />
        <Choice name="digest.mail" words="digestMail" checked={inTheMorning(choices)} />
      </Section>
      <Section title={t('answering')}>
        <Choice name="answers.mail" words="answersMail" checked={answersGoOut(choices)} />
      </Section>
      <Section title={t('content')}>
        <Choice name="words.browser" words="wordsBrowser" checked={wantsWords(choices, 'browser')} />
        <Choice name="words.mail" words="wordsMail" checked={wantsWords(choices, 'mail')} />
      </Section>
      <Devices />
      <Tries />
    </Page>
  )
}

function Choice({ name, words, checked }: { name: string; words: string; checked: boolean }) {
  const { t } = useTranslation('notifications')
  return (
    <Switch
      label={t(words)}
      hint={t(`${words}Hint`)}
      checked={checked}
      onChange={(next) => void choose({ [name]: next })}
    />
  )
}

const pushKey = ['push']
const pushQuery = {
  queryKey: pushKey,
  queryFn: ({ signal }: { signal: AbortSignal }) => get<Push>('/me/push', { signal }),
}

function Devices() {
  const { t } = useTranslation('notifications')
  const me = useMe()
  const devices = useQuery({ ...pushQuery, select: (push) => push.devices })
  const { data: key } = useQuery({ ...pushQuery, select: (push) => push.key })
  const add = async () => {
    const outcome = await pushHere(me.id, key ?? '')
    say(t({ added: 'added', denied: 'pushDenied', failed: 'pushFailed' }[outcome]), {
      tone: outcome === 'added' ? undefined : 'broken',
    })
    void queryClient.invalidateQueries({ queryKey: pushKey })
  }
  return (
    <Section title={t('devices')} words={t('devicesWords')}>
      <Listed query={devices} empty={<EmptyState title={t('noDevices')} />}>
        {(items) => (
          <List label={t('devices')}>
            {items.map((device) => (
              <Device key={device.id} device={device} />
            ))}
          </List>
        )}
      </Listed>
      {canPush() ? (
        <div>
          <Button icon="plus" disabled={!key} onClick={() => void add()}>
            {t('addDevice')}
          </Button>
        </div>
      ) : (
        <p className={styles.words}>{t('pushUnsupported')}</p>
      )}
    </Section>
  )
}

function Device({ device }: { device: PushDevice }) {
  const { t } = useTranslation('notifications')
  const me = useMe()
  const remove = async () => {
    try {
      await del(`/me/push/${device.id}`)
      if (device.current) await pushHereNoMore(me.id)
      say(t('removed'))
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    }
    void queryClient.invalidateQueries({ queryKey: pushKey })
  }
  const tryIt = () =>
    attempt(async () => {
      const { outcome } = await post<{ outcome: 'sent' | 'gone' | 'failed' }>(
        `/me/push/${device.id}/test`,
        {},
      )
      say(t(`test.${outcome}`), { tone: outcome === 'sent' ? undefined : 'broken' })
      void queryClient.invalidateQueries({ queryKey: pushKey })
    })
  return (
    <ListRow
      title={<bdi>{device.name}</bdi>}
      words={
        device.lastPushAt ? (
          <>
            {t('lastPush')} <Time at={device.lastPushAt} />
          </>
        ) : (
          t('neverPushed')
        )
      }
      end={
        <>
          {device.current && <Badge tone="accent">{t('thisBrowser')}</Badge>}
          <Button
            size="small"
            aria-label={t('test.browserTo', { name: device.name })}
            onClick={() => void tryIt()}
          >
            {t('test.browser')}
          </Button>
          <Button
            size="small"
            aria-label={t('removeDeviceLabel', { name: device.name })}
            onClick={() => void remove()}
          >
            {t('removeDevice')}
          </Button>
        </>
      }
    />
  )
}

/** One button per means; pushes are tried at each browser above. */
function Tries() {
  const { t } = useTranslation('notifications')
  const me = useMe()
  const mail = () =>
    attempt(async () => {
      const { outcome } = await post<{ outcome: 'posted' | 'kept' }>('/me/test-mail', {})
      say(t(`test.${outcome}`, { address: me.address }))
    })
  return (
    <Section title={t('tryIt')} words={t('tryWords')}>
      <div className={styles.tries}>
        <Button onClick={() => say(`${t('test.title')}. ${t('test.body')}`)}>{t('test.page')}</Button>
        <Button
          onClick={() => {
            play()
            say(t('test.played'))
          }}
        >
          {t('test.sound')}
        </Button>
        <Button onClick={() => void mail()}>{t('test.mailButton')}</Button>
      </div>
    </Section>
  )
}

async function attempt(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    say(reasonOf(error), { tone: 'broken' })
  }
}
