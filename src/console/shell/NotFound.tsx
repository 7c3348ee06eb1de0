import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../kit/Button.tsx'
import { EmptyState } from '../kit/States.tsx'

export function NotFound({ heading }: { heading?: boolean }) {
  const { t } = useTranslation('console')
  return (
    <EmptyState heading={heading} title={t('notFoundTitle')} words={t('notFoundWords')}>
      <Link to="/" className={buttonClass('plain')}>
        {t('toQueue')}
      </Link>
    </EmptyState>
  )
}

export const NotFoundPage = () => (
  <main>
    <NotFound heading />
  </main>
)
