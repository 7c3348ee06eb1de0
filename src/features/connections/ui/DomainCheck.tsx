import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, reasonOf } from '#console/api/ApiError.ts'
import { del, get, post, put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Switch } from '#console/kit/Checkbox.tsx'
import { CopyText } from '#console/kit/CopyText.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { say } from '#console/kit/Toast.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { Channel, DomainCheck as Checked, DkimKey } from '../connections.contract.ts'

/** Whether the world believes mail from the inbox's domain, and the records to publish where it does not. */
export function DomainCheck({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels')
  const [asked, setAsked] = useState(false)
  const { data, isFetching } = useQuery({
    enabled: asked,
    queryKey: checkedKey(channel),
    queryFn: ({ signal }) => get<Checked>(`/channels/${channel.id}/domain`, { signal }),
  })
  if (!data)
    return (
      <div>
        <Button look="quiet" busy={isFetching} onClick={() => setAsked(true)}>
          {t('domain.check')}
        </Button>
      </div>
    )
  return (
    <section className={dialogStyles.choices}>
      <strong>{t('domain.title', { domain: data.domain })}</strong>
      {data.records.map(({ kind, state, name, paste }) => (
        <div key={kind}>
          <Badge tone={state === 'ok' ? 'accent' : state === 'unknown' ? 'neutral' : 'broken'}>
            {kind.toUpperCase()}
          </Badge>{' '}
          {t(`domain.${kind}.${state}`)}
          {paste && (
            <p className={dialogStyles.hint}>
              {t('domain.paste')} <CopyText value={name} />
              <br />
              <CopyText value={paste} />
            </p>
          )}
        </div>
      ))}
      {channel.smtp && <OwnKey channel={channel} />}
    </section>
  )
}

const checkedKey = ({ id }: Channel) => ['domain-check', id] as const

/** A key that Foyer itself signs with: made here, published by whoever keeps the domain, then switched on. */
function OwnKey({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels')
  const client = useQueryClient()
  const [key, setKey] = useState(channel.dkim)
  const path = `/channels/${channel.id}/dkim`
  const change = useMutation({
    mutationFn: (act: () => Promise<{ dkim: DkimKey | null }>) => act(),
    onSuccess: ({ dkim }) => setKey(dkim),
    onError: (error) =>
      say((error instanceof ApiError && error.errors[0]?.text) || reasonOf(error), { tone: 'broken' }),
    onSettled: () => void client.invalidateQueries({ queryKey: checkedKey(channel) }),
  })
  if (!key)
    return (
      <div>
        <Button size="small" busy={change.isPending} onClick={() => change.mutate(() => post(path, {}))}>
          {t('dkim.make')}
        </Button>
        <p className={dialogStyles.hint}>{t('dkim.makeHint')}</p>
      </div>
    )
  return (
    <div className={dialogStyles.choices}>
      <Switch
        label={t('dkim.on')}
        hint={t('dkim.onHint')}
        checked={key.on}
        disabled={change.isPending}
        onChange={(on) => change.mutate(() => put(path, { on }))}
      />
      <div>
        <Button size="small" onClick={() => change.mutate(() => del(path))}>
          {t('dkim.forget')}
        </Button>
      </div>
    </div>
  )
}
