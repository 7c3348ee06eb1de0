import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import type { ConsultLetter, NewConsult } from '#features/consults/consults.contract.ts'
import styles from './AskLine.module.css'

/** The mail that asks, as it leaves; where somebody outside is asked it is shown before it may go. */
export function AskPreview({
  number,
  body,
  onClose,
  warning,
  onSend,
}: {
  number: number
  body: NewConsult
  onClose: () => void
  warning?: string
  onSend?: () => void
}) {
  const { t } = useTranslation(['asked', 'composer', 'console'])
  const letter = useQuery({
    queryKey: ['consult preview', number, body],
    queryFn: ({ signal }) =>
      post<ConsultLetter>(`/conversations/${number}/consults/preview`, body, { signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t('askPreview')}
      foot={
        <>
          <Button onClick={onClose}>{t('composer:back')}</Button>
          {onSend && (
            <Button look="main" onClick={onSend}>
              {t('askAnyway')}
            </Button>
          )}
        </>
      }
    >
      {warning && (
        <p role="alert" className={styles.warning}>
          {warning}
        </p>
      )}
      {letter.isPending && <Skeleton lines={5} />}
      {letter.isError && <ErrorState error={letter.error} onRetry={() => void letter.refetch()} />}
      {letter.data && (
        <>
          <dl className={styles.heads}>
            <div>
              <dt>{t('console:from')}</dt>
              <dd>{letter.data.from}</dd>
            </div>
            <div>
              <dt>{t('console:subject')}</dt>
              <dd dir="auto">{letter.data.subject}</dd>
            </div>
            {letter.data.attachments.length > 0 && (
              <div>
                <dt>{t('console:attachments')}</dt>
                <dd>{letter.data.attachments.join(', ')}</dd>
              </div>
            )}
          </dl>
          <pre className={styles.letter} dir="auto">
            {letter.data.text}
          </pre>
        </>
      )}
    </Dialog>
  )
}
