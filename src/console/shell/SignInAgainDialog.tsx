import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '../api/ApiError.ts'
import { useMe } from '../api/me.ts'
import { post } from '../api/request.ts'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { Field, Form } from '../kit/Field.tsx'
import { Input } from '../kit/Input.tsx'
import { hearWord, tellTabs } from '../offline/tabs.ts'

export function SignInAgainDialog({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console')
  const { address, id } = useMe()
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  // Signed in again in another tab: nothing to ask here any more.
  useEffect(
    () => hearWord((word) => word.kind === 'signed-in' && word.agent === id && onDone()),
    [id, onDone],
  )
  async function signIn() {
    setBusy(true)
    setError(null)
    try {
      await post('/sign-in', { address, password }, { signedOutIsFine: true })
      tellTabs({ kind: 'signed-in', agent: id })
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
