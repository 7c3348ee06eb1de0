import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patch, post } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { Select } from '#console/kit/Select.tsx'
import { say } from '#console/kit/Toast.tsx'
import { EditDialog } from '#console/settings/EditDialog.tsx'
import type { Inbox } from '#features/inboxes/inboxes.contract.ts'
import type { Channel, ChannelTest } from '../connections.contract.ts'
import { RemoveChannel } from './RemoveChannel.tsx'
import { ServerFields, serverDraft, serverInput } from './ServerFields.tsx'
import { TestResult } from './TestResult.tsx'

type Since = 'now' | 'date' | 'all'

/** Saves, then tries both ways: wrong settings are kept with what the server said, to be put right. */
export function MailChannelDialog({
  channel,
  inboxes,
  onClose,
}: {
  channel: Channel | null
  inboxes: Inbox[]
  onClose: () => void
}) {
  const { t } = useTranslation('settings')
  const [saved, setSaved] = useState(channel)
  const [inbox, setInbox] = useState(channel?.inbox.id ?? inboxes[0]?.id ?? null)
  const [imap, setImap] = useState(() => serverDraft('imap', channel?.imap))
  const [smtp, setSmtp] = useState(() => serverDraft('smtp', channel?.smtp))
  const [since, setSince] = useState<Since>('now')
  const [date, setDate] = useState('')
  const [result, setResult] = useState<ChannelTest | null>(null)
  const form = useSubmit(async () => {
    setResult(null)
    const servers = { imap: serverInput(imap), smtp: serverInput(smtp) }
    const kept = saved
      ? await patch<Channel>(`/channels/${saved.id}`, servers)
      : await post<Channel>('/channels', {
          kind: 'mail',
          inbox,
          ...servers,
          since: since === 'date' ? date : since,
        })
    setSaved(kept)
    const tried = await post<ChannelTest>(`/channels/${kept.id}/test`, {})
    setResult(tried)
    if ((tried.in.ok || !imap.on) && (tried.out.ok || !smtp.on)) {
      say(t('channels.works'))
      onClose()
    }
  })
  return (
    <EditDialog
      title={channel ? channel.name : t('channels.addMail')}
      words={t('channels.mailWords')}
      form={form}
      onClose={onClose}
      save={t('channels.saveAndTest')}
      extra={saved && <RemoveChannel channel={saved} onDone={onClose} />}
    >
      <Field label={t('channels.inbox')} error={form.field('inbox')}>
        <Select
          value={inbox}
          onChange={setInbox}
          disabled={saved !== null}
          options={inboxes.map((each) => ({ value: each.id, label: `${each.name} · ${each.address}` }))}
        />
      </Field>
      <ServerFields
        side="imap"
        draft={imap}
        onChange={setImap}
        form={form}
        hasPassword={saved?.imap?.hasPassword ?? false}
      />
      {imap.on && !saved && (
        <Field
          label={t('channels.since')}
          hint={t(`channels.sinceHint.${since}`)}
          error={form.field('since')}
        >
          <Select
            value={since}
            onChange={setSince}
            options={(['now', 'date', 'all'] as const).map((value) => ({
              value,
              label: t(`channels.sinceOf.${value}`),
            }))}
          />
        </Field>
      )}
      {imap.on && !saved && since === 'date' && (
        <Field label={t('channels.date')}>
          <Input type="date" value={date} onChange={setDate} />
        </Field>
      )}
      <ServerFields
        side="smtp"
        draft={smtp}
        onChange={setSmtp}
        form={form}
        hasPassword={saved?.smtp?.hasPassword ?? false}
      />
      {result && <TestResult result={result} imap={imap.on} smtp={smtp.on} />}
    </EditDialog>
  )
}
