import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { put } from '../api/request.ts'
import { Button, buttonClass } from '../kit/Button.tsx'
import { Field, Form } from '../kit/Field.tsx'
import { Input } from '../kit/Input.tsx'
import styles from './Entry.module.css'
import { Entry } from './Entry.tsx'
import { useSubmit } from './useSubmit.ts'

export function ResetPage() {
  const { t } = useTranslation('console')
  const { token } = useParams({ from: '/reset/$token' })
  const [password, setPassword] = useState('')
  const [done, setDone] = useState(false)
  const form = useSubmit(async () => {
    await put(`/password-resets/${encodeURIComponent(token)}`, { password }, { signedOutIsFine: true })
    setDone(true)
  })
  if (done)
    return (
      <Entry title={t('resetDoneTitle')} words={t('resetDoneWords')}>
        <Link to="/sign-in" className={buttonClass('main', 'normal', true)}>
          {t('signIn')}
        </Link>
      </Entry>
    )
  return (
    <Entry title={t('resetTitle')}>
      <Form onSubmit={form.submit}>
        {form.words && (
          <p className={styles.error} role="alert">
            {form.words}
          </p>
        )}
        <Field label={t('newPassword')} hint={t('passwordHint')} error={form.field('password')}>
          <Input
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
            autoFocus
          />
        </Field>
        <Button type="submit" look="main" wide busy={form.busy}>
          {t('savePassword')}
        </Button>
      </Form>
    </Entry>
  )
}
