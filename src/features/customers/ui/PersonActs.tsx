import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '#console/api/query.ts'
import { put } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button, buttonClass } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { Input } from '#console/kit/Input.tsx'
import { say } from '#console/kit/Toast.tsx'
import styles from './CustomerPage.module.css'

/** For administrators: everything kept about him as one file, and all of it erased. */
export function PersonActs({ id }: { id: string }) {
  const { t } = useTranslation(['seal', 'console'])
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const form = useSubmit(async () => {
    await put(`/customers/${id}/erasure`, { reason })
    setOpen(false)
    say(t('personErased'))
    await queryClient.invalidateQueries()
  })
  return (
    <div className={styles.personActs}>
      <a className={buttonClass('quiet', 'small')} href={`/api/v1/customers/${id}/export`} download>
        <Icon name="download" />
        {t('personExport')}
      </a>
      <Button look="quiet" size="small" icon="trash" onClick={() => setOpen(true)}>
        {t('personErase')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('personTitle')}
        words={t('personWords')}
        foot={
          <>
            <Button onClick={() => setOpen(false)}>{t('console:cancel')}</Button>
            <Button look="danger" icon="trash" busy={form.busy} onClick={form.submit}>
              {t('personAct')}
            </Button>
          </>
        }
      >
        <Form onSubmit={form.submit}>
          <Field label={t('reason')} hint={t('personHint')} error={form.field('reason') ?? form.words}>
            <Input value={reason} onChange={setReason} maxLength={500} />
          </Field>
        </Form>
      </Dialog>
    </div>
  )
}
