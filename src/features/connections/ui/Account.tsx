import { useTranslation } from 'react-i18next'
import type { useSubmit } from '#console/entry/useSubmit.ts'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { FoundServers } from '../connections.contract.ts'
import type { ChannelDraft } from './channelDraft.ts'
import { FoundServersNote } from './FoundServersNote.tsx'
import { SignIn } from './SignIn.tsx'
import { signInAt } from './signInDraft.ts'

/** The mailbox as its owner knows it: an address and a password, good for both servers. */
export function Account({
  draft,
  onChange,
  form,
  found,
  byHand,
  onOtherAddress,
}: {
  draft: ChannelDraft
  onChange: (part: Partial<ChannelDraft>) => void
  form: ReturnType<typeof useSubmit>
  found: FoundServers | null
  byHand: boolean
  onOtherAddress: () => void
}) {
  const { t } = useTranslation(['channels', 'settings'])
  const { imap, smtp } = draft
  const servers = [imap, smtp].filter(({ on }) => on).map(({ host, port }) => `${host}:${port}`)
  const both = (part: { password?: string; username?: string }) =>
    onChange({ imap: { ...imap, ...part }, smtp: { ...smtp, ...part } })
  return (
    <>
      {(!byHand || found) && (
        <Field label={t('account')} hint={t('accountHint')} error={form.field('address')}>
          <Input
            type="email"
            autoComplete="off"
            value={draft.address}
            onChange={(address) => {
              onOtherAddress()
              onChange({ address })
            }}
          />
        </Field>
      )}
      {found && <FoundServersNote found={found} domain={draft.address.split('@').at(-1) ?? ''} />}
      {found && !byHand && (
        <>
          <p className={dialogStyles.hint}>{t('servers', { servers: servers.join(', ') })}</p>
          {signInAt[found.provider?.id ?? ''] && (
            <SignIn
              draft={draft.signIn}
              onChange={(signIn) => onChange({ signIn })}
              form={form}
              channel={null}
            />
          )}
          {draft.signIn.by === 'password' && (
            <Field
              label={t('settings:channels.password')}
              hint={t('passwordHint')}
              error={form.field('imap.password') ?? form.field('smtp.password')}
            >
              <Input
                type="password"
                autoComplete="new-password"
                value={imap.password}
                onChange={(password) => both({ password })}
              />
            </Field>
          )}
        </>
      )}
    </>
  )
}
