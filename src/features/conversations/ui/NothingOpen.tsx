import { useTranslation } from 'react-i18next'
import { EmptyState } from '#console/kit/States.tsx'
import { Key } from '#console/kit/Tag.tsx'

export function NothingOpen() {
  const { t } = useTranslation('console')
  return (
    <EmptyState
      title={t('nothingOpen')}
      words={
        <>
          <Key>j</Key> <Key>k</Key> {t('nothingOpenMove')} <Key>Enter</Key> {t('nothingOpenOpen')}
        </>
      }
    />
  )
}
