import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#features/agents/agents.contract.ts'
import { keys, queryClient } from '../api/query.ts'
import { post } from '../api/request.ts'
import { Button } from '../kit/Button.tsx'
import { Field, Form } from '../kit/Field.tsx'
import { Input } from '../kit/Input.tsx'
import styles from './Entry.module.css'
import { Entry } from './Entry.tsx'
import { setupQuery } from './setup.ts'
import { useSubmit } from './useSubmit.ts'

export function SignInPage() {
  const { t } = useTranslation('console')
  const { next } = useSearch({ from: '/sign-in' })
  const { data: setup } = useQuery(setupQuery)
  const router = useRouter()
  const [address, setAddress] = useState('')
  const [password, setPassword] = useState('')
  const form = useSubmit(async () => {
    const { me } = await post<{ me: Me }>('/sign-in', { address, password }, { signedOutIsFine: true })
    queryClient.clear()
    queryClient.setQueryData(keys.me, me)
    // Only a path of this desk: what stands in the address bar may come from anywhere.
    router.history.push(next && /^\/(?![/\\])/.test(next) ? next : '/')
  })
  if (setup && !setup.done) return <Navigate to="/first-run" replace />
  return (
    <Entry title={t('signInTitle')}>
      <Form onSubmit={form.submit}>
        {form.words && (
          <p className={styles.error} role="alert">
            {form.words}
          </p>
        )}
        <Field label={t('address')} error={form.field('address')}>
          <Input
            type="email"
            autoComplete="username"
            value={address}
            onChange={setAddress}
            autoFocus
            required
          />
        </Field>
        <Field label={t('password')} error={form.field('password')}>
          <Input
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            required
          />
        </Field>
        <Button type="submit" look="main" wide busy={form.busy}>
          {t('signIn')}
        </Button>
        <Link to="/reset">{t('forgotten')}</Link>
      </Form>
    </Entry>
  )
}
