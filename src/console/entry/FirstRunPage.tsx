import { useQuery } from '@tanstack/react-query'
import { Navigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../api/query.ts'
import { post } from '../api/request.ts'
import { Button } from '../kit/Button.tsx'
import { Field, Form } from '../kit/Field.tsx'
import { Input } from '../kit/Input.tsx'
import styles from './Entry.module.css'
import { Entry } from './Entry.tsx'
import { setupQuery } from './setup.ts'
import { useSubmit } from './useSubmit.ts'

const empty = { name: '', address: '', password: '', inboxName: '', inboxAddress: '', code: '' }

/** The first page of a new desk: who keeps it, and where customers write to. */
export function FirstRunPage() {
  const { t, i18n } = useTranslation('console')
  const { data: setup } = useQuery(setupQuery)
  const router = useRouter()
  const [given, setGiven] = useState({ ...empty, inboxName: t('firstRun.inboxNameSuggested') })
  const [finished, setFinished] = useState(false)
  const form = useSubmit(async () => {
    const { code, ...rest } = given
    await post(
      '/setup',
      { ...rest, language: i18n.language, ...(code ? { code } : {}) },
      { signedOutIsFine: true },
    )
    // We did it ourselves: the desk is next, not the sign-in.
    setFinished(true)
    queryClient.clear()
    router.history.push('/')
  })
  if (!finished && (setup?.done || form.code === 'setup_done')) return <Navigate to="/sign-in" replace />
  const bind = (name: keyof typeof empty) => ({
    name,
    value: given[name],
    onChange: (value: string) => setGiven((before) => ({ ...before, [name]: value })),
  })
  return (
    <Entry title={t('firstRun.title')} words={t('firstRun.words')}>
      <Form onSubmit={form.submit}>
        {form.words && (
          <p className={styles.error} role="alert">
            {form.words}
          </p>
        )}
        <Field label={t('yourName')} error={form.field('name')}>
          <Input autoComplete="name" autoFocus {...bind('name')} />
        </Field>
        <Field label={t('address')} hint={t('firstRun.addressHint')} error={form.field('address')}>
          <Input type="email" autoComplete="username" {...bind('address')} />
        </Field>
        <Field label={t('password')} hint={t('passwordHint')} error={form.field('password')}>
          <Input type="password" autoComplete="new-password" {...bind('password')} />
        </Field>
        <div className={styles.part}>
          <h2 className={styles.partTitle}>{t('firstRun.inbox')}</h2>
          <Field
            label={t('firstRun.inboxAddress')}
            hint={t('firstRun.inboxHint')}
            error={form.field('inboxAddress')}
          >
            <Input
              type="email"
              autoComplete="off"
              placeholder="support@example.com"
              {...bind('inboxAddress')}
            />
          </Field>
          <Field label={t('firstRun.inboxName')} error={form.field('inboxName')}>
            <Input autoComplete="off" {...bind('inboxName')} />
          </Field>
        </div>
        {setup?.codeNeeded && (
          <Field label={t('firstRun.code')} hint={t('firstRun.codeHint')} error={form.field('code')}>
            <Input autoComplete="one-time-code" {...bind('code')} />
          </Field>
        )}
        <Button type="submit" look="main" wide busy={form.busy}>
          {t('firstRun.go')}
        </Button>
      </Form>
    </Entry>
  )
}
