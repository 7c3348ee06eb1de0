import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '../api/ApiError.ts'
import { useMe } from '../api/me.ts'
import { post } from '../api/request.ts'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { Field, Form } from '../kit/Field.tsx'
import { Input } from '../kit/Input.tsx'

export function SignInAgainDialog({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console')
  const { address } = useMe()
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  async function signIn() {
    setBusy(true)
    setError(null)
    try {
      await post('/sign-in', { address, password }, { signedOutIsFine: true })
      onDone()
    } catch (problem) {
      setError(reasonOf(problem))
      setBusy(false)
    }
  }
  return (
    <Dialog open onOpenChange={() => {}} fixed title={t('signInAgainTitle')} words={t('signInAgainWords')}>
      <Form onSubmit={() => void signIn()}>
        <Field label={t('password')} hint={address} error={error}>
          <Input type="password" autoComplete="current-password" value={password} onChange={setPassword} />
        </Field>
        <Button type="submit" look="main" busy={busy}>
          {t('signIn')}
        </Button>
      </Form>
    </Dialog>
  )
}
