import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patch, post } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { Select } from '#console/kit/Select.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import { EditDialog } from '#console/settings/EditDialog.tsx'
import type { Inbox } from '#features/inboxes/inboxes.contract.ts'
import type { Channel } from '../connections.contract.ts'
import { RemoveChannel } from './RemoveChannel.tsx'

export function CustomChannelDialog({
  channel,
  inboxes,
  onClose,
}: {
  channel: Channel | null
  inboxes: Inbox[]
  onClose: () => void
}) {
  const { t } = useTranslation('settings')
  const [inbox, setInbox] = useState(channel?.inbox.id ?? inboxes[0]?.id ?? null)
  const [name, setName] = useState(channel?.name ?? '')
  const [url, setUrl] = useState(channel?.url ?? '')
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null)
  const form = useSubmit(async () => {
    if (channel) {
      await patch(`/channels/${channel.id}`, { name, url })
      onClose()
    } else
      setMade(await post<{ id: string; secret: string }>('/channels', { kind: 'custom', inbox, name, url }))
  })
  if (made)
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={t('channels.secretTitle')}
        words={t('channels.secretWords')}
        foot={
          <Button look="main" onClick={onClose}>
            {t('done')}
          </Button>
        }
      >
        <p>{t('channels.inboundAddress')}</p>
        <p className={dialogStyles.secret}>{`${location.origin}/api/v1/channels/${made.id}/inbound`}</p>
        <p>{t('channels.secret')}</p>
        <p className={dialogStyles.secret}>{made.secret}</p>
      </Dialog>
    )
  return (
    <EditDialog
      title={channel ? channel.name : t('channels.addCustom')}
      words={t('channels.customWords')}
      form={form}
      onClose={onClose}
      extra={channel && <RemoveChannel channel={channel} onDone={onClose} />}
    >
      <Field label={t('channels.inbox')} error={form.field('inbox')}>
        <Select
          value={inbox}
          onChange={setInbox}
          disabled={channel !== null}
          options={inboxes.map((each) => ({ value: each.id, label: `${each.name} · ${each.address}` }))}
        />
      </Field>
      <Field label={t('nameOf')} error={form.field('name')}>
        <Input value={name} onChange={setName} autoComplete="off" />
      </Field>
      <Field label={t('channels.url')} hint={t('channels.urlHint')} error={form.field('url')}>
        <Input type="url" value={url} onChange={setUrl} autoComplete="off" />
      </Field>
    </EditDialog>
  )
}
