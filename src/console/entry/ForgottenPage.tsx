import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/request.ts'
import { Button, buttonClass } from '../kit/Button.tsx'
import { Field, Form } from '../kit/Field.tsx'
import { Input } from '../kit/Input.tsx'
import styles from './Entry.module.css'
import { Entry } from './Entry.tsx'
import { useSubmit } from './useSubmit.ts'

/** Asks for a link. The answer is the same whether the address is known or not. */
export function ForgottenPage() {
  const { t } = useTranslation('console')
  const [address, setAddress] = useState('')
  const [sent, setSent] = useState(false)
  const form = useSubmit(async () => {
    await post('/password-resets', { address }, { signedOutIsFine: true })
    setSent(true)
  })
  if (sent)
    return (
      <Entry title={t('resetSentTitle')} words={t('resetSentWords', { address })}>
        <Link to="/sign-in" className={buttonClass('plain', 'normal', true)}>
          {t('toSignIn')}
        </Link>
      </Entry>
    )
  return (
    <Entry title={t('forgotten')} words={t('forgottenWords')}>
      <Form onSubmit={form.submit}>
        {form.words && (
          <p className={styles.error} role="alert">
            {form.words}
          </p>
        )}
        <Field label={t('address')} error={form.field('address')}>
          <Input type="email" autoComplete="username" value={address} onChange={setAddress} autoFocus />
        </Field>
        <Button type="submit" look="main" wide busy={form.busy}>
          {t('sendLink')}
        </Button>
        <Link to="/sign-in">{t('toSignIn')}</Link>
      </Form>
    </Entry>
  )
}
