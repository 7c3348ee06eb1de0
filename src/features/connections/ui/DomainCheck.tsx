import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { CopyText } from '#console/kit/CopyText.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { DomainCheck as Checked } from '../connections.contract.ts'

/** Whether the world believes mail from the inbox's domain, and the records to publish where it does not. */
export function DomainCheck({ channel }: { channel: string }) {
  const { t } = useTranslation('channels')
  const [asked, setAsked] = useState(false)
  const { data, isFetching } = useQuery({
    enabled: asked,
    queryKey: ['domain-check', channel],
    queryFn: ({ signal }) => get<Checked>(`/channels/${channel}/domain`, { signal }),
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
    </section>
  )
}
