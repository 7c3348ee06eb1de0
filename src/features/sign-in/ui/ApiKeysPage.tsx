import { useTranslation } from 'react-i18next'
import { Page } from '#console/kit/List.tsx'

export function ApiKeysPage() {
  const { t } = useTranslation('console')
  return <Page title={t('settings.api-keys')}>{null}</Page>
}
