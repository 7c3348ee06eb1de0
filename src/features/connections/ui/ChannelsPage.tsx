import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inboxesQuery } from '#console/api/directory.ts'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { Menu, MenuItem } from '#console/kit/Menu.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import type { Channel } from '../connections.contract.ts'
import { CustomChannelDialog } from './CustomChannelDialog.tsx'
import { HealthBadge, HealthLine } from './Health.tsx'
import { MailChannelDialog } from './MailChannelDialog.tsx'
import { useComingBack } from './useComingBack.ts'

type Open = { kind: 'mail' | 'custom'; channel: Channel | null; tryNow?: boolean } | null

export function ChannelsPage() {
  // Those of the rows too: a page that is there does not go away again for a text.
  const { t } = useTranslation(['settings', 'channels'])
  const client = useQueryClient()
  const [open, setOpen] = useState<Open>(null)
  const inboxes = useQuery(inboxesQuery)
  const query = useQuery({
    queryKey: keys.channels,
    queryFn: async ({ signal }) =>
      (await get<{ items: Channel[] }>('/channels', { query: { limit: 100 }, signal })).items,
  })
  useComingBack(async (id) => {
    const channel = await get<Channel>(`/channels/${id}`)
    setOpen({ kind: 'mail', channel, tryNow: true })
    void client.invalidateQueries({ queryKey: keys.channels })
  })
  const close = () => {
    setOpen(null)
    void client.invalidateQueries({ queryKey: keys.channels })
  }
  return (
    <Page
      title={t('channels.title')}
      words={t('channels.words')}
      acts={
        <Menu
          align="end"
          trigger={
            <Button look="main" icon="plus">
              {t('channels.add')}
            </Button>
          }
        >
          <MenuItem onClick={() => setOpen({ kind: 'mail', channel: null })}>
            {t('channels.kind.mail')}
          </MenuItem>
          <MenuItem onClick={() => setOpen({ kind: 'custom', channel: null })}>
            {t('channels.kind.custom')}
          </MenuItem>
        </Menu>
      }
    >
      <Listed
        query={query}
        empty={<EmptyState icon="outbox" title={t('channels.empty')} words={t('channels.emptyWords')} />}
      >
        {(channels) => (
          <List label={t('channels.title')}>
            {channels.map((channel) => (
              <ListRow
                key={channel.id}
                title={channel.name}
                words={
                  <>
                    {t('channels.inbox')}: {channel.inbox.name} · <HealthLine channel={channel} />
                  </>
                }
                onClick={() => setOpen({ kind: channel.kind, channel })}
                end={
                  <>
                    {channel.kind === 'custom' && <Badge>{t('channels.kind.custom')}</Badge>}
                    <HealthBadge channel={channel} />
                  </>
                }
              />
            ))}
          </List>
        )}
      </Listed>
      {open?.kind === 'mail' && inboxes.data && (
        <MailChannelDialog
          channel={open.channel}
          inboxes={inboxes.data}
          onClose={close}
          tryNow={open.tryNow}
        />
      )}
      {open?.kind === 'custom' && inboxes.data && (
        <CustomChannelDialog channel={open.channel} inboxes={inboxes.data} onClose={close} />
      )}
    </Page>
  )
}
