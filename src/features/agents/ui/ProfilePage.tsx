import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery, useMe } from '#console/api/me.ts'
import { patch, put } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { setLanguage, type UiLanguage } from '#console/i18n.ts'
import { Button } from '#console/kit/Button.tsx'
import { Switch } from '#console/kit/Checkbox.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Input, Textarea } from '#console/kit/Input.tsx'
import { Page, Section } from '#console/kit/List.tsx'
import { Select } from '#console/kit/Select.tsx'
import { say } from '#console/kit/Toast.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import { applyTheme } from '#console/theme.ts'
import type { Me, Settings } from '../agents.contract.ts'
import { MyAddresses } from './MyAddresses.tsx'

export function ProfilePage() {
  const { t } = useTranslation('settings')
  return (
    <Page title={t('profile.title')}>
      <AboutMe />
      <MyAddresses />
      <Section title={t('profile.password')} words={t('profile.passwordWords')}>
        <NewPassword />
      </Section>
    </Page>
  )
}

function AboutMe() {
  const { t } = useTranslation('settings')
  const me = useMe()
  const client = useQueryClient()
  const [name, setName] = useState(me.name)
  const [settings, setSettings] = useState<Settings>(me.settings)
  const set = (change: Partial<Settings>) => setSettings((old) => ({ ...old, ...change }))
  const form = useSubmit(async () => {
    const { language, theme, undoSeconds, signature, singleKeys } = settings
    const next = await patch<Me>('/me', {
      name,
      settings: { language, theme, undoSeconds, signature: signature?.trim() ? signature : null, singleKeys },
    })
    client.setQueryData(meQuery.queryKey, next)
    applyTheme(next.settings.theme)
    await setLanguage(next.settings.language as UiLanguage)
    say(t('saved'))
  })
  return (
    <Form onSubmit={form.submit}>
      {form.words && (
        <p className={dialogStyles.problem} role="alert">
          {form.words}
        </p>
      )}
      <Field label={t('name')} hint={t('profile.nameHint')} error={form.field('name')}>
        <Input value={name} onChange={setName} autoComplete="name" />
      </Field>
      <Field label={t('profile.language')}>
        <Select
          value={settings.language}
          onChange={(language) => set({ language })}
          options={[
            { value: 'en', label: 'English' },
            { value: 'ru', label: 'Русский' },
          ]}
        />
      </Field>
      <Field label={t('profile.theme')}>
        <Select
          value={settings.theme}
          onChange={(theme) => set({ theme })}
          options={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`console:theme.${value}`),
          }))}
        />
      </Field>
      <Field
        label={t('profile.undo')}
        hint={t('profile.undoHint')}
        error={form.field('settings.undoSeconds')}
      >
        <Select
          value={String(settings.undoSeconds)}
          onChange={(seconds) => set({ undoSeconds: Number(seconds) })}
          options={[...new Set([0, 5, 10, 20, 30, 60, settings.undoSeconds])]
            .sort((a, b) => a - b)
            .map((count) => ({
              value: String(count),
              label: count === 0 ? t('profile.undoOff') : t('profile.seconds', { count }),
            }))}
        />
      </Field>
      <Field
        label={t('profile.signature')}
        optional={t('optional')}
        hint={t('profile.signatureHint')}
        error={form.field('settings.signature')}
      >
        <Textarea rows={3} value={settings.signature ?? ''} onChange={(signature) => set({ signature })} />
      </Field>
      <Switch
        label={t('profile.singleKeys')}
        hint={t('profile.singleKeysHint')}
        checked={settings.singleKeys}
        onChange={(singleKeys) => set({ singleKeys })}
      />
      <div>
        <Button type="submit" look="main" busy={form.busy}>
          {t('save')}
        </Button>
      </div>
    </Form>
  )
}

function NewPassword() {
  const { t } = useTranslation('settings')
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const form = useSubmit(async () => {
    await put('/me/password', { current, next })
    setCurrent('')
    setNext('')
    say(t('profile.passwordSaved'))
  })
  return (
    <Form onSubmit={form.submit} label={t('profile.password')}>
      {form.words && (
        <p className={dialogStyles.problem} role="alert">
          {form.words}
        </p>
      )}
      <Field label={t('profile.current')} error={form.field('current')}>
        <Input type="password" autoComplete="current-password" value={current} onChange={setCurrent} />
      </Field>
      <Field label={t('console:newPassword')} hint={t('console:passwordHint')} error={form.field('next')}>
        <Input type="password" autoComplete="new-password" value={next} onChange={setNext} />
      </Field>
      <div>
        <Button type="submit" busy={form.busy}>
          {t('console:savePassword')}
        </Button>
      </div>
    </Form>
  )
}
