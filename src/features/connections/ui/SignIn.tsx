import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '#console/api/request.ts'
import type { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { CopyText } from '#console/kit/CopyText.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { Input } from '#console/kit/Input.tsx'
import { Select } from '#console/kit/Select.tsx'
import { Time } from '#console/kit/Time.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { Channel } from '../connections.contract.ts'
import type { OauthApp } from '../oauth/oauth.contract.ts'
import { appDraft, type SignInDraft } from './signInDraft.ts'

export const oauthApps = {
  queryKey: ['oauth-apps'] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await get<{ items: OauthApp[] }>('/oauth-apps', { signal })).items,
}
/** Where each provider says how an app is registered. */
const pages = {
  google: 'https://support.google.com/cloud/answer/15549257',
  microsoft: 'https://learn.microsoft.com/en-us/entra/identity-platform/quickstart-register-app',
  other: null,
} as const

/** By password, or by signing in at the provider; and how the desk is known there. */
export function SignIn({
  draft,
  onChange,
  form,
  channel,
}: {
  draft: SignInDraft
  onChange: (draft: SignInDraft) => void
  form: ReturnType<typeof useSubmit>
  channel: Channel | null
}) {
  const { t } = useTranslation('channels')
  const apps = useQuery({ ...oauthApps, enabled: draft.by !== 'password' })
  const app = apps.data?.find(({ provider }) => provider === draft.by)
  const { oauth = null } = channel ?? {}
  const typing = app !== undefined && (app.clientId === null || draft.app.clientId !== '')
  return (
    <>
      <Field label={t('signIn.by')} error={form.field('signIn')}>
        <Select
          value={draft.by}
          onChange={(by) => onChange({ ...draft, by })}
          options={(['password', 'google', 'microsoft', 'other'] as const).map((value) => ({
            value,
            label: t(`signIn.${value}`),
          }))}
        />
      </Field>
      {oauth?.provider === draft.by && <SignedIn oauth={oauth} />}
      {app && !typing && (
        <div className={dialogStyles.well}>
          <p>
            {t('signIn.known')} <bdi>{app.clientId}</bdi>
          </p>
          <div>
            <Button size="small" icon="pencil" onClick={() => onChange({ ...draft, app: appDraft(app) })}>
              {t('signIn.change')}
            </Button>
          </div>
        </div>
      )}
      {app && typing && <Registration app={app} draft={draft} onChange={onChange} form={form} />}
    </>
  )
}

function SignedIn({ oauth: { signedInAt, until } }: { oauth: NonNullable<Channel['oauth']> }) {
  const { t } = useTranslation('channels')
  return (
    <p>
      {signedInAt ? (
        <>
          {t('signIn.since')} <Time at={signedInAt} />
          {until && (
            <>
              {' · '}
              {t('signIn.until')} <Time at={until} />
            </>
          )}
        </>
      ) : (
        t('signIn.nobody')
      )}
    </p>
  )
}

function Registration({
  app,
  draft,
  onChange,
  form,
}: {
  app: OauthApp
  draft: SignInDraft
  onChange: (draft: SignInDraft) => void
  form: ReturnType<typeof useSubmit>
}) {
  const { t } = useTranslation(['channels', 'settings'])
  const page = pages[app.provider]
  const field = (name: keyof SignInDraft['app'], hint?: string, type: 'text' | 'password' = 'text') => (
    <Field
      label={t(`signIn.field.${name}`)}
      hint={hint}
      error={form.field(name)}
      optional={name === 'tenant' ? t('settings:optional') : undefined}
    >
      <Input
        name={name}
        type={type}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        spellCheck={false}
        value={draft.app[name]}
        onChange={(value) => onChange({ ...draft, app: { ...draft.app, [name]: value } })}
      />
    </Field>
  )
  return (
    <fieldset className={`${dialogStyles.choices} ${dialogStyles.group}`}>
      <legend className={dialogStyles.legend}>{t('signIn.register')}</legend>
      <div>
        <p className={dialogStyles.hint}>{t('signIn.registerWords')}</p>
        <CopyText value={app.redirectUrl} />
      </div>
      {page && (
        <p>
          <a href={page} target="_blank" rel="noopener noreferrer">
            {t('signIn.page')} <Icon name="external" size={12} />
          </a>
        </p>
      )}
      {field('clientId')}
      {field('clientSecret', app.hasSecret ? t('signIn.secretKept') : undefined, 'password')}
      {app.provider === 'microsoft' && field('tenant', t('signIn.tenantHint'))}
      {app.provider === 'other' && (
        <>
          {field('authorizationUrl')}
          {field('tokenUrl')}
          {field('scope', t('signIn.scopeHint'))}
        </>
      )}
    </fieldset>
  )
}
