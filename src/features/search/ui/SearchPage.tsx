import { useTranslation } from 'react-i18next'
import { Page } from '#console/kit/List.tsx'

export function SearchPage() {
  const { t } = useTranslation('console')
  return <Page title={t('search')}>{null}</Page>
}
