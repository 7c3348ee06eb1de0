import { useTranslation } from 'react-i18next'
import { Page } from '#console/kit/List.tsx'

export function MailLogPage() {
  const { t } = useTranslation('console')
  return <Page title={t('mailLog')}>{null}</Page>
}
