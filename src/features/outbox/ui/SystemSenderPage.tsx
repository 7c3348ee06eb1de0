import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get, post, put } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { Page } from '#console/kit/List.tsx'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Steps } from '#console/kit/Steps.tsx'
import { say } from '#console/kit/Toast.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import { useEdited, useUnsaved } from '#console/settings/useUnsaved.tsx'
import type { SideTestView } from '#features/connections/connections.contract.ts'
import { ServerFields, serverDraft, serverInput } from '#features/connections/ui/ServerFields.tsx'
import { SideSteps, Trouble } from '#features/connections/ui/TrialSteps.tsx'
import type { SystemSender } from '../outbox.contract.ts'

type Tried = SideTestView & { to: string }

/** Who sends invitations, reset links and notifications, and by which server; tried with a mail to the reader. */
export function SystemSenderPage() {
  const { t } = useTranslation(['settings', 'channels', 'desk'])
  const query = useQuery({
    queryKey: keys.systemSender,
    queryFn: ({ signal }) => get<SystemSender>('/system-sender', { signal }),
  })
  return (
    <Page title={t('console:settings.system-mail')} words={t('desk:system.words')}>
      {query.data ? (
        <Sender sender={query.data} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton lines={4} row={40} />
      )}
    </Page>
  )
}

function Sender({ sender }: { sender: SystemSender }) {
  const { t } = useTranslation(['settings', 'channels', 'desk'])
  const client = useQueryClient()
  const { value, set, unsaved, settle } = useEdited(() => ({
    name: sender.name,
    address: sender.address,
    smtp: serverDraft('smtp', sender.smtp),
  }))
  const guard = useUnsaved(unsaved)
  const [tried, setTried] = useState<Tried | null>(null)
  const form = useSubmit(async () => {
    setTried(null)
    const { name, address, smtp } = value
    const kept = await put<SystemSender>('/system-sender', { name, address, smtp: serverInput(smtp) })
    client.setQueryData(keys.systemSender, kept)
    settle({ ...value, smtp: { ...value.smtp, password: '' } })
    say(t('saved'))
  })
  const trial = useSubmit(async () => setTried(await post<Tried>('/system-sender/test', {})))
  return (
    <Form onSubmit={form.submit} label={t('console:settings.system-mail')}>
      {(form.words ?? trial.words) && (
        <p className={dialogStyles.problem} role="alert">
          {form.words ?? trial.words}
        </p>
      )}
      <Field label={t('desk:system.name')} hint={t('desk:system.nameHint')} error={form.field('name')}>
        <Input value={value.name} onChange={(name) => set({ name })} autoComplete="off" />
      </Field>
      <Field label={t('address')} hint={t('desk:system.addressHint')} error={form.field('address')}>
        <Input
          type="email"
          value={value.address}
          onChange={(address) => set({ address })}
          autoComplete="off"
        />
      </Field>
      <ServerFields
        side="smtp"
        words="system"
        draft={value.smtp}
        onChange={(smtp) => set({ smtp })}
        form={form}
        hasPassword={sender.smtp?.hasPassword ?? false}
      />
      <div className={dialogStyles.acts}>
        <Button type="submit" look="main" busy={form.busy}>
          {t('save')}
        </Button>
        <Button icon="outbox" busy={trial.busy} disabled={unsaved || !sender.smtp} onClick={trial.submit}>
          {t('desk:system.test')}
        </Button>
        {!sender.smtp && <span className={dialogStyles.hint}>{t('desk:system.testFirst')}</span>}
      </div>
      <div role="status">{tried && <Result tried={tried} />}</div>
      {guard.dialog}
    </Form>
  )
}

/** How far it got; the last step is the mail itself. */
function Result({ tried }: { tried: Tried }) {
  const { t } = useTranslation(['settings', 'desk'])
  const connected = tried.steps?.every(({ state }) => state === 'passed')
  if (!connected) return <SideSteps title={t('channels.smtp')} side={tried} />
  const { ok, to } = tried
  return (
    <div className={dialogStyles.group}>
      <SideSteps title={t('channels.smtp')} side={tried} />
      <Steps
        label={t('desk:system.test')}
        steps={[
          {
            id: 'sent',
            state: ok ? 'passed' : 'failed',
            words: t(ok ? 'desk:system.sent' : 'desk:system.notSent', { to }),
            more: ok ? t('desk:system.sentHint') : <Trouble {...tried} />,
          },
        ]}
      />
    </div>
  )
}
