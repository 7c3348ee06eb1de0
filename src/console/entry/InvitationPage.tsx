import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../api/query.ts'
import { get, put } from '../api/request.ts'
import { Button, buttonClass } from '../kit/Button.tsx'
import { Field, Form } from '../kit/Field.tsx'
import { Input } from '../kit/Input.tsx'
import { Skeleton } from '../kit/States.tsx'
import styles from './Entry.module.css'
import { Entry } from './Entry.tsx'
import { useSubmit } from './useSubmit.ts'

/** Taking an invitation: the name may be mended, a password is chosen, and one is in. */
export function InvitationPage() {
  const { t } = useTranslation('console')
  const { token } = useParams({ from: '/invitation/$token' })
  const path = `/invitations/${encodeURIComponent(token)}`
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => get<{ name: string; address: string }>(path, { signedOutIsFine: true }),
    retry: false,
  })
  const router = useRouter()
  const [name, setName] = useState<string | null>(null)
  const [password, setPassword] = useState('')
  const shownName = name ?? invitation.data?.name ?? ''
  const form = useSubmit(async () => {
    await put(path, { password, name: shownName }, { signedOutIsFine: true })
    queryClient.clear()
    router.history.push('/')
  })
  if (invitation.isPending) return <Skeleton />
  if (invitation.isError)
    return (
      <Entry title={t('invitation.goneTitle')} words={t('invitation.goneWords')}>
        <Link to="/sign-in" className={buttonClass('plain', 'normal', true)}>
          {t('toSignIn')}
        </Link>
      </Entry>
    )
  return (
    <Entry title={t('invitation.title')} words={t('invitation.words', { address: invitation.data.address })}>
      <Form onSubmit={form.submit}>
        {form.words && (
          <p className={styles.error} role="alert">
            {form.words}
          </p>
        )}
        <Field label={t('yourName')} error={form.field('name')}>
          <Input autoComplete="name" value={shownName} onChange={setName} />
        </Field>
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
          {t('invitation.go')}
        </Button>
      </Form>
    </Entry>
  )
}
