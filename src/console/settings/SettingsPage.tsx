import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/me.ts'
import { Skeleton } from '../kit/States.tsx'
import { MenuButton } from '../shell/MenuButton.tsx'
import { NotFound } from '../shell/NotFound.tsx'
import { settingsPages } from './pages.ts'
import styles from './SettingsPage.module.css'

const pages = settingsPages.map(({ load, ...page }) => ({
  ...page,
  Content: lazy(async () => ({ default: await load() })),
}))

export function SettingsPage() {
  const { t } = useTranslation('console')
  const me = useMe()
  const { page } = useParams({ from: '/desk/settings/$page' })
  const mine = pages.filter((each) => !each.admin || me.role === 'admin')
  const open = mine.find((each) => each.id === page)
  return (
    <div className={styles.settings}>
      <nav className={styles.list} aria-label={t('settings')}>
        <div className={styles.head}>
          <MenuButton />
          <h2 className={styles.title}>{t('settings')}</h2>
        </div>
        <div className={styles.links}>
          {mine.map((each) => (
            <Link key={each.id} to="/settings/$page" params={{ page: each.id }} className={styles.link}>
              {t(`settings.${each.id}`)}
            </Link>
          ))}
        </div>
      </nav>
      <div className={styles.content}>
        <Suspense fallback={<Skeleton lines={5} />}>{open ? <open.Content /> : <NotFound />}</Suspense>
      </div>
    </div>
  )
}
