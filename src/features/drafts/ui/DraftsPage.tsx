import { useTranslation } from 'react-i18next'
import { Page } from '#console/kit/List.tsx'

export function DraftsPage() {
  const { t } = useTranslation('console')
  return <Page title={t('drafts')}>{null}</Page>
}
