import { useTranslation } from 'react-i18next'
import { Page } from '#console/kit/List.tsx'

export function AgentsPage() {
  const { t } = useTranslation('console')
  return <Page title={t('settings.agents')}>{null}</Page>
}
