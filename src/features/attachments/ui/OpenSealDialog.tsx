import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys, queryClient } from '#console/api/query.ts'
import { del, post } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button, buttonClass } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { Input } from '#console/kit/Input.tsx'
import type { Openable } from '#console/kit/popups.ts'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { sizeWords } from '#console/time.ts'
import styles from './OpenSeal.module.css'

export interface OpenSealDialogProps extends Required<Openable> {
  seal: string
}
interface Opened {
  until: string
  text: string
  attachments: { id: string; name: string; type: string; size: number }[]
}

/** Asks why, then shows what is behind the seal, for as long as the dialog is open. Here it is taken off, too. */
export function OpenSealDialog({ seal, open, onOpenChange }: OpenSealDialogProps) {
  const { t } = useTranslation(['seal', 'console'])
  const [reason, setReason] = useState('')
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = (next: boolean) => {
    if (!next) setOpened(null)
    onOpenChange(next)
  }
  const freshen = (number?: number) =>
    queryClient.invalidateQueries({
      queryKey: number === undefined ? ['conversation'] : keys.conversation(number),
    })
  const form = useSubmit(async () => {
    setOpened(await post<Opened>(`/seals/${seal}/openings`, { reason }))
    await freshen()
  })
  const off = useSubmit(async () => {
    const { conversation } = await del<{ conversation: number }>(`/seals/${seal}`, { body: { reason } })
    close(false)
    say(t('taken'))
    await freshen(conversation)
  })
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={t('openTitle')}
      words={t('openWords')}
      wide={opened !== null}
      foot={
        <>
          <Button busy={off.busy} onClick={off.submit}>
            {t('takeOff')}
          </Button>
          {opened ? (
            <Button look="main" onClick={() => close(false)}>
              {t('shut')}
            </Button>
          ) : (
            <Button look="main" icon="eye" busy={form.busy} onClick={form.submit}>
              {t('open')}
            </Button>
          )}
        </>
      }
    >
      {opened ? (
        <Content opened={opened} />
      ) : (
        <Form onSubmit={form.submit}>
          <Field
            label={t('reason')}
            hint={t('openHint')}
            error={form.field('reason') ?? form.words ?? off.field('reason') ?? off.words}
          >
            <Input value={reason} onChange={setReason} maxLength={500} />
          </Field>
        </Form>
      )}
    </Dialog>
  )
}

function Content({ opened }: { opened: Opened }) {
  const { t, i18n } = useTranslation('seal')
  return (
    <div className={styles.content}>
      {opened.text && (
        <p className={styles.text} dir="auto">
          {opened.text}
        </p>
      )}
      {opened.attachments.map(({ id, name, size }) => (
        <a key={id} className={buttonClass('plain')} href={`/api/v1/attachments/${id}`} download={name}>
          <Icon name="download" />
          {name} · {sizeWords(size, i18n.language)}
        </a>
      ))}
      {opened.attachments.length > 0 && (
        <p className={styles.until}>
          {t('until')} <Time at={opened.until} />
        </p>
      )}
    </div>
  )
}
