import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery, useMe } from '#console/api/me.ts'
import { keys } from '#console/api/query.ts'
import { patch, put } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { Section } from '#console/kit/List.tsx'
import { say } from '#console/kit/Toast.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { Me } from '../agents.contract.ts'
import { addressLines, FurtherAddresses } from './FurtherAddresses.tsx'

/** The address one signs in with, which asks for the password when it changes, and where else one writes from. */
export function MyAddresses() {
  const { t } = useTranslation('addresses')
  const me = useMe()
  const client = useQueryClient()
  const [address, setAddress] = useState(me.address)
  const [password, setPassword] = useState('')
  const [further, setFurther] = useState(me.furtherAddresses.join('\n'))
  const isNew = address.trim().toLowerCase() !== me.address
  const keep = (next: Me) => client.setQueryData(meQuery.queryKey, next)
  const form = useSubmit(async () => {
    if (isNew) keep(await put<Me>('/me/address', { address, password }))
    const next = await patch<Me>('/me', { furtherAddresses: addressLines(further) })
    keep(next)
    setAddress(next.address)
    setPassword('')
    setFurther(next.furtherAddresses.join('\n'))
    await client.invalidateQueries({ queryKey: keys.agents })
    say(t('saved'))
  })
  return (
    <Section title={t('mine')} words={t('mineWords')}>
      <Form onSubmit={form.submit} label={t('mine')}>
        {form.words && (
          <p className={dialogStyles.problem} role="alert">
            {form.words}
          </p>
        )}
        <Field label={t('signInMine')} error={form.field('address')}>
          <Input type="email" autoComplete="username" value={address} onChange={setAddress} />
        </Field>
        {isNew && (
          <Field label={t('password')} hint={t('passwordHint')} error={form.field('password')}>
            <Input type="password" autoComplete="current-password" value={password} onChange={setPassword} />
          </Field>
        )}
        <FurtherAddresses mine value={further} onChange={setFurther} error={form.field} />
        <div>
          <Button type="submit" busy={form.busy}>
            {t('change')}
          </Button>
        </div>
      </Form>
    </Section>
  )
}
