import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { useSubmit } from '../entry/useSubmit.ts'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import styles from './EditDialog.module.css'
import { useUnsaved } from './useUnsaved.tsx'

/** A form over the list it belongs to. What was typed stays when the server refuses; the reason stands above. */
export function EditDialog({
  title,
  words,
  form,
  onClose,
  save,
  extra,
  wide,
  unsaved = false,
  cannotSave = false,
  notYet = false,
  children,
}: {
  title: string
  words?: ReactNode
  form: ReturnType<typeof useSubmit>
  onClose: () => void
  /** the words on the main button */
  save?: string
  /** a button at the other side of the foot: remove, test */
  extra?: ReactNode
  wide?: boolean
  /** Something was changed: asks before it is lost. */
  unsaved?: boolean
  /** It is only looked at. */
  cannotSave?: boolean
  /** Something must be chosen first. */
  notYet?: boolean
  children: ReactNode
}) {
  const { t } = useTranslation(['settings', 'console'])
  const id = useId()
  const guard = useUnsaved(unsaved)
  const close = () => guard.leave(onClose)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      words={words}
      wide={wide}
      foot={
        <>
          {extra && <span className={styles.extra}>{extra}</span>}
          <Button onClick={close}>{cannotSave ? t('console:closeThis') : t('cancel')}</Button>
          {!cannotSave && (
            <Button type="submit" form={id} look="main" busy={form.busy} disabled={notYet}>
              {save ?? t('save')}
            </Button>
          )}
        </>
      }
    >
      <form
        id={id}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          form.submit()
        }}
      >
        {form.words && (
          <p className={styles.problem} role="alert">
            {form.words}
          </p>
        )}
        {children}
      </form>
      {guard.dialog}
    </Dialog>
  )
}
