import { useTranslation } from 'react-i18next'
import { Page } from '#console/kit/List.tsx'

export function SessionsPage() {
  const { t } = useTranslation('console')
  return <Page title={t('settings.sessions')}>{null}</Page>
}
