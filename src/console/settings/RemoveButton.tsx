import { useTranslation } from 'react-i18next'
import { Button } from '../kit/Button.tsx'
import { useRemoval } from './useRemoval.tsx'

/** At the foot of a form: asks once, in words that say what will be gone, then removes. */
export function RemoveButton({
  path,
  title,
  words,
  onDone,
}: {
  path: string
  title: string
  words: string
  onDone: () => unknown
}) {
  const { t } = useTranslation('settings')
  const removal = useRemoval()
  return (
    <>
      <Button
        look="remove"
        onClick={() => removal.ask({ path, title, words, act: t('remove'), done: onDone })}
      >
        {t('remove')}
      </Button>
      {removal.dialog}
    </>
  )
}
