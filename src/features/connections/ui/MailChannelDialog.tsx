import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { queryClient } from '#console/api/query.ts'
import { patch, post, put } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { Switch } from '#console/kit/Checkbox.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { Select } from '#console/kit/Select.tsx'
import { say } from '#console/kit/Toast.tsx'
import { EditDialog } from '#console/settings/EditDialog.tsx'
import { useEdited } from '#console/settings/useUnsaved.tsx'
import type { Inbox } from '#features/inboxes/inboxes.contract.ts'
import type { Channel, FoundServers } from '../connections.contract.ts'
import { Account } from './Account.tsx'
import { type ChannelDraft, draftOf } from './channelDraft.ts'
import { DomainCheck } from './DomainCheck.tsx'
import { HealthNotice } from './Health.tsx'
import { RemoveChannel } from './RemoveChannel.tsx'
import { ServerFields, serverDraft, serverInput } from './ServerFields.tsx'
import { oauthApps, SignIn } from './SignIn.tsx'
import { Since, sinceOf } from './Since.tsx'
import { appInput, signInAt } from './signInDraft.ts'
import { TrialSteps } from './TrialSteps.tsx'
import { useTrying } from './useTrying.ts'

/**
 * A new mailbox: its address, then the servers are found, then the password. Saves before it tries: wrong settings
 * are kept with what the server said, to be put right.
 */
export function MailChannelDialog({
  channel,
  inboxes,
  onClose,
  tryNow = false,
}: {
  channel: Channel | null
  inboxes: Inbox[]
  onClose: () => void
  /** somebody has just signed in for it */
  tryNow?: boolean
}) {
  const { t } = useTranslation(['channels', 'settings'])
  const [saved, setSaved] = useState(channel)
  const [found, setFound] = useState<FoundServers | null>(null)
  const [byHand, setByHand] = useState(channel !== null)
  const { value: draft, set: change, settle, unsaved } = useEdited(() => draftOf(channel, inboxes))
  const trying = useTrying()
  const [works, setWorks] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it is opened
  useEffect(() => {
    if (tryNow && channel) void trying.run(channel).then(setWorks, () => {})
  }, [])
  const set = (part: Partial<ChannelDraft>) => {
    setWorks(false)
    trying.reset()
    change(part)
  }
  const find = async () => {
    const answer = await post<FoundServers>('/channels/servers', { address: draft.address })
    const { username } = answer
    const server = (side: 'imap' | 'smtp') => {
      const { password } = draft[side]
      const known = answer[side] && { ...answer[side], username, hasPassword: false }
      return { ...serverDraft(side, known), username, password }
    }
    setFound(answer)
    setByHand(answer.how === 'none')
    const nothing = answer.how === 'none' ? { on: true } : {}
    const { id = '', password } = answer.provider ?? {}
    // Who takes no passwords is signed in at from the start.
    const by = password === 'none' ? (signInAt[id] ?? 'password') : 'password'
    set({
      imap: { ...server('imap'), ...nothing },
      smtp: { ...server('smtp'), ...nothing },
      signIn: { ...draft.signIn, by },
    })
  }
  const keep = async () => {
    const { by } = draft.signIn
    const app = by === 'password' ? null : appInput(draft.signIn)
    if (app) {
      await put(`/oauth-apps/${by}`, app)
      await queryClient.invalidateQueries({ queryKey: oauthApps.queryKey })
    }
    const servers = { imap: serverInput(draft.imap), smtp: serverInput(draft.smtp), signIn: by }
    const kept = saved
      ? await patch<Channel>(`/channels/${saved.id}`, {
          ...servers,
          authServer: draft.authServer || null,
          watchSent: draft.watchSent,
          enabled: draft.enabled,
        })
      : await post<Channel>('/channels', {
          kind: 'mail',
          inbox: draft.inbox,
          ...servers,
          since: sinceOf(draft),
          authServer: draft.authServer || null,
          watchSent: draft.watchSent,
        })
    setSaved(kept)
    settle(draft)
    if (kept.oauth && (!kept.oauth.signedInAt || app)) return goSignIn(kept)
    setWorks(await trying.run(kept))
  }
  const goSignIn = async ({ id }: Channel) => {
    const { url } = await post<{ url: string }>(`/channels/${id}/sign-in`)
    window.location.assign(url)
  }
  const trial = trying.trial && (
    <TrialSteps trial={trying.trial} imap={saved?.imap != null} smtp={saved?.smtp != null} />
  )
  const finding = !byHand && !found
  const toSignIn = draft.signIn.by !== 'password' && draft.signIn.by !== signedInBy(saved)
  const form = useSubmit(async () => {
    if (works) onClose()
    else await (finding ? find() : keep())
  })
  return (
    <EditDialog
      title={channel ? channel.name : t('settings:channels.addMail')}
      words={t('words')}
      form={form}
      onClose={onClose}
      unsaved={unsaved}
      save={
        works
          ? t('settings:done')
          : t(finding ? 'find' : toSignIn ? 'signIn.save' : 'settings:channels.saveAndTest')
      }
      extra={saved && <RemoveChannel channel={saved} onDone={onClose} />}
    >
      {tryNow && trial}
      {channel && !trying.trial && <HealthNotice channel={channel} />}
      {channel && !trying.trial && <DomainCheck channel={channel} />}
      <Field label={t('settings:channels.inbox')} error={form.field('inbox')}>
        <Select
          value={draft.inbox}
          onChange={(inbox) => {
            const { address = '' } = inboxes.find(({ id }) => id === inbox) ?? {}
            setFound(null)
            set({ inbox, address })
          }}
          disabled={saved !== null}
          options={inboxes.map((each) => ({ value: each.id, label: `${each.name} · ${each.address}` }))}
        />
      </Field>
      {!channel && (
        <Account
          draft={draft}
          onChange={set}
          form={form}
          found={found}
          byHand={byHand}
          onOtherAddress={() => setFound(null)}
        />
      )}
      {byHand && (
        <>
          <SignIn draft={draft.signIn} onChange={(signIn) => set({ signIn })} form={form} channel={saved} />
          {saved?.oauth?.signedInAt && saved.oauth.provider === draft.signIn.by && (
            <div>
              <Button
                icon="external"
                onClick={() =>
                  void goSignIn(saved).catch((error) => say(reasonOf(error), { tone: 'broken' }))
                }
              >
                {t('signIn.again')}
              </Button>
            </div>
          )}
          <ServerFields
            side="imap"
            draft={draft.imap}
            onChange={(imap) => set({ imap })}
            form={form}
            hasPassword={saved?.imap?.hasPassword ?? false}
            byToken={draft.signIn.by !== 'password'}
          />
          {saved && draft.imap.on && (
            <Field label={t('authServer')} hint={t('authServerHint')} error={form.field('authServer')}>
              <Input
                value={draft.authServer}
                onChange={(authServer) => set({ authServer })}
                spellCheck={false}
              />
            </Field>
          )}
          <ServerFields
            side="smtp"
            draft={draft.smtp}
            onChange={(smtp) => set({ smtp })}
            form={form}
            hasPassword={saved?.smtp?.hasPassword ?? false}
            byToken={draft.signIn.by !== 'password'}
          />
        </>
      )}
      {!finding && !saved && draft.imap.on && <Since draft={draft} onChange={set} form={form} />}
      {!finding && draft.imap.on && (
        <Switch
          label={t('watchSent')}
          hint={t('watchSentHint')}
          checked={draft.watchSent}
          onChange={(watchSent) => set({ watchSent })}
        />
      )}
      {!byHand && (
        <div>
          <Button look="quiet" icon="pencil" onClick={() => setByHand(true)}>
            {t('byHand')}
          </Button>
        </div>
      )}
      {channel && (
        <Switch
          label={t('on')}
          hint={t('onHint')}
          checked={draft.enabled}
          onChange={(enabled) => set({ enabled })}
        />
      )}
      {!tryNow && trial}
    </EditDialog>
  )
}

const signedInBy = (channel: Channel | null) => (channel?.oauth?.signedInAt ? channel.oauth.provider : null)
