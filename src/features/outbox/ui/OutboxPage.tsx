import { useTranslation } from 'react-i18next'
import { Page } from '#console/kit/List.tsx'

export function OutboxPage() {
  const { t } = useTranslation('console')
  return <Page title={t('outbox')}>{null}</Page>
}
