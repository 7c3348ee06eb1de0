import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery, useMe } from '#console/api/me.ts'
import { patch, put } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { setLanguage, type UiLanguage } from '#console/i18n.ts'
import { Button } from '#console/kit/Button.tsx'
import { Switch } from '#console/kit/Checkbox.tsx'
import { Combobox } from '#console/kit/Combobox.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Input, Textarea } from '#console/kit/Input.tsx'
import { Page, Section } from '#console/kit/List.tsx'
import { Select } from '#console/kit/Select.tsx'
import { useMinute } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { tellTabs } from '#console/offline/tabs.ts'
import dialogStyles from '#console/settings/EditDialog.module.css'
import { useEdited, useUnsaved } from '#console/settings/useUnsaved.tsx'
import { applyTheme } from '#console/theme.ts'
import { applyZone, deviceZone } from '#console/zone.ts'
import { useDense } from '#features/conversations/ui/queue/useDense.ts'
import { timeThere, timeZoneChoices } from '#features/customers/ui/places.ts'
import type { Me, Settings } from '../agents.contract.ts'
import { MyAddresses } from './MyAddresses.tsx'

export function ProfilePage() {
  const { t } = useTranslation(['settings', 'desk'])
  return (
    <Page title={t('profile.title')} words={t('desk:profileWords')}>
      <AboutMe />
      <MyAddresses />
      <Section title={t('profile.password')} words={t('profile.passwordWords')}>
        <NewPassword />
      </Section>
    </Page>
  )
}

/** The choice that follows the device. */
const asDevice = '-'

function AboutMe() {
  const { t, i18n } = useTranslation(['settings', 'desk'])
  const me = useMe()
  const client = useQueryClient()
  const { value, set: change, unsaved, settle } = useEdited(() => ({ name: me.name, settings: me.settings }))
  const guard = useUnsaved(unsaved)
  const [dense, setDense] = useDense(me.id)
  const { name, settings } = value
  const set = (part: Partial<Settings>) => change({ settings: { ...settings, ...part } })
  const form = useSubmit(async () => {
    const { language, theme, timeZone, undoSeconds, signature, singleKeys } = settings
    const mine = { language, theme, timeZone, undoSeconds, singleKeys }
    const next = await patch<Me>('/me', {
      name,
      settings: { ...mine, signature: signature?.trim() ? signature : null },
    })
    client.setQueryData(meQuery.queryKey, next)
    settle({ name: next.name, settings: next.settings })
    applyTheme(next.settings.theme)
    applyZone(next.settings.timeZone)
    await setLanguage(next.settings.language as UiLanguage)
    tellTabs({ kind: 'settings', theme: next.settings.theme, language: next.settings.language })
    say(t('saved'))
  })
  const device = t('desk:zone.device', { zone: deviceZone().replaceAll('_', ' ') })
  const now = useMinute()
  return (
    <Form onSubmit={form.submit}>
      {form.words && (
        <p className={dialogStyles.problem} role="alert">
          {form.words}
        </p>
      )}
      <Field label={t('name')} hint={t('profile.nameHint')} error={form.field('name')}>
        <Input value={name} onChange={(next) => change({ name: next })} autoComplete="name" />
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
        label={t('desk:zone.label')}
        hint={t('desk:zone.hint', { time: timeThere(settings.timeZone ?? deviceZone(), now, i18n.language) })}
        error={form.field('settings.timeZone')}
      >
        <Combobox
          label={t('desk:zone.label')}
          placeholder={t('desk:zone.find')}
          value={settings.timeZone ?? asDevice}
          onChange={(zone) => set({ timeZone: zone === asDevice ? null : zone })}
          options={[{ id: asDevice, label: device }, ...timeZoneChoices()]}
          trigger={<Button look="field">{settings.timeZone?.replaceAll('_', ' ') ?? device}</Button>}
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
      <Switch label={t('desk:dense.label')} hint={t('desk:dense.hint')} checked={dense} onChange={setDense} />
      <div>
        <Button type="submit" look="main" busy={form.busy}>
          {t('save')}
        </Button>
      </div>
      {guard.dialog}
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
