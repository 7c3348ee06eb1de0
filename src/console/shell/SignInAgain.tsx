import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '../api/ApiError.ts'
import { useMe } from '../api/me.ts'
import { onSignedOut, post } from '../api/request.ts'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { Field, Form } from '../kit/Field.tsx'
import { Input } from '../kit/Input.tsx'

/** The session ended while somebody was working: the password is asked in place, what was typed stays. */
export function SignInAgain() {
  const { t } = useTranslation('console')
  const { address } = useMe()
  const waiting = useRef<(() => void)[]>([])
  const [open, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    onSignedOut(
      () =>
        new Promise<void>((resolve) => {
          waiting.current.push(resolve)
          setOpen(true)
        }),
    )
    return () => onSignedOut(null)
  }, [])

  async function signIn() {
    setBusy(true)
    setError(null)
    try {
      await post('/sign-in', { address, password }, { signedOutIsFine: true })
      setOpen(false)
      setPassword('')
      for (const resolve of waiting.current.splice(0)) resolve()
    } catch (problem) {
      setError(reasonOf(problem))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      fixed
      title={t('signInAgainTitle')}
      words={t('signInAgainWords')}
    >
      <Form onSubmit={() => void signIn()}>
        <Field label={t('password')} hint={address} error={error}>
          <Input
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            autoFocus
          />
        </Field>
        <Button type="submit" look="main" busy={busy}>
          {t('signIn')}
        </Button>
      </Form>
    </Dialog>
  )
}
