import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys, queryClient } from '#console/api/query.ts'
import { put } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button, type ButtonProps } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import type { Openable } from '#console/kit/popups.ts'
import { Select } from '#console/kit/Select.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Attachment, Comment, Message } from '../conversations.contract.ts'
import styles from './WhatAndWhyDialog.module.css'

/** A message, a comment or one of their files: which, and why. The route of the act takes the reason. */
export function WhatAndWhyDialog({
  texts,
  act,
  words,
  whole,
  look,
  icon,
  item,
  files,
  number,
  open,
  onOpenChange,
}: Required<Openable> &
  Pick<ButtonProps, 'look' | 'icon'> & {
    texts: 'erase' | 'seal'
    act: 'erasure' | 'seal'
    words: string
    whole: string
    item: Message | Comment
    /** those that can be chosen */
    files: Attachment[]
    number: number
  }) {
  const { t } = useTranslation([texts, 'console'])
  const [what, setWhat] = useState('all')
  const [reason, setReason] = useState('')
  const path = what === 'all' ? `/${item.type}s/${item.id}` : `/attachments/${what}`
  const form = useSubmit(async () => {
    await put(`${path}/${act}`, { reason })
    onOpenChange(false)
    say(t('done'))
    await queryClient.invalidateQueries({ queryKey: keys.conversation(number) })
  })
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title')}
      words={words}
      foot={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('console:cancel')}</Button>
          <Button look={look} icon={icon} busy={form.busy} onClick={form.submit}>
            {t('act')}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          form.submit()
        }}
      >
        {files.length > 0 && (
          <Field label={t('what')}>
            <Select
              value={what}
              onChange={setWhat}
              options={[
                { value: 'all', label: whole },
                ...files.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
        )}
        <Field label={t('reason')} hint={t('reasonHint')} error={form.field('reason') ?? form.words}>
          <Input value={reason} onChange={setReason} maxLength={500} />
        </Field>
      </form>
    </Dialog>
  )
}
