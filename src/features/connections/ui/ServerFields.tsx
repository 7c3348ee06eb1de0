import { useTranslation } from 'react-i18next'
import type { useSubmit } from '#console/entry/useSubmit.ts'
import { Switch } from '#console/kit/Checkbox.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { Select } from '#console/kit/Select.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { Channel, ServerInput } from '../connections.contract.ts'

type Side = 'imap' | 'smtp'
export interface ServerDraft {
  on: boolean
  host: string
  port: string
  security: ServerInput['security']
  username: string
  /** empty: the one that is kept stays */
  password: string
}

/** The usual port of each way to secure a connection (RFC 8314). */
const usualPort = {
  imap: { tls: '993', starttls: '143', none: '143' },
  smtp: { tls: '465', starttls: '587', none: '25' },
} as const

export function serverDraft(side: Side, known: Channel[Side] | undefined): ServerDraft {
  return {
    on: Boolean(known),
    host: known?.host ?? '',
    port: known ? String(known.port) : usualPort[side].tls,
    security: known?.security ?? 'tls',
    username: known?.username ?? '',
    password: '',
  }
}

export function serverInput(draft: ServerDraft): ServerInput | null {
  if (!draft.on) return null
  const { host, security, username, password } = draft
  return {
    host,
    port: Number(draft.port),
    security,
    username: username || null,
    ...(password === '' ? {} : { password }),
  }
}

export function ServerFields({
  side,
  draft,
  onChange,
  form,
  hasPassword,
  byToken = false,
  words = side,
}: {
  side: Side
  draft: ServerDraft
  onChange: (draft: ServerDraft) => void
  form: ReturnType<typeof useSubmit>
  hasPassword: boolean
  /** somebody signs in at the provider in place of a password */
  byToken?: boolean
  /** which texts: `system` for the sender of Foyer's own mails */
  words?: Side | 'system'
}) {
  const { t } = useTranslation('settings')
  const set = (change: Partial<ServerDraft>) => onChange({ ...draft, ...change })
  const secure = (security: ServerDraft['security']) => {
    const usual = Object.values(usualPort[side]) as string[]
    set({ security, port: usual.includes(draft.port) ? usualPort[side][security] : draft.port })
  }
  const problem = (name: string) => form.field(`${side}.${name}`)
  return (
    <fieldset className={`${dialogStyles.choices} ${dialogStyles.group}`}>
      <legend className={dialogStyles.legend}>{t(`channels.${words}`)}</legend>
      <Switch
        label={t(`channels.${words}On`)}
        hint={t(`channels.${words}Hint`)}
        checked={draft.on}
        onChange={(on) => set({ on })}
      />
      {draft.on && (
        <>
          <div className={dialogStyles.columns}>
            <Field label={t('channels.host')} error={problem('host')}>
              <Input value={draft.host} onChange={(host) => set({ host })} autoComplete="off" />
            </Field>
            <Field label={t('channels.port')} error={problem('port')}>
              <Input inputMode="numeric" value={draft.port} onChange={(port) => set({ port })} />
            </Field>
          </div>
          <Field label={t('channels.security')} error={problem('security')}>
            <Select
              value={draft.security}
              onChange={secure}
              options={(['tls', 'starttls', 'none'] as const).map((value) => ({
                value,
                label: t(`channels.securityOf.${value}`),
              }))}
            />
          </Field>
          <Field label={t('channels.username')} error={problem('username')}>
            <Input value={draft.username} onChange={(username) => set({ username })} autoComplete="off" />
          </Field>
          {!byToken && (
            <Field
              label={t('channels.password')}
              hint={hasPassword ? t('channels.passwordKept') : t('channels.passwordHint')}
              error={problem('password')}
            >
              <Input
                type="password"
                value={draft.password}
                onChange={(password) => set({ password })}
                autoComplete="new-password"
              />
            </Field>
          )}
        </>
      )}
    </fieldset>
  )
}
