import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { languages, setLanguage, type UiLanguage } from '../i18n.ts'
import { Button } from '../kit/Button.tsx'
import { Mark } from '../shell/Mark.tsx'
import styles from './Entry.module.css'

/** The door: one narrow column in the middle of a quiet page. */
export function Entry({
  title,
  words,
  children,
}: {
  title: string
  words?: ReactNode
  children?: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Foyer`
  }, [title])
  return (
    <main className={styles.entry}>
      <div className={styles.column}>
        <header className={styles.head}>
          <Mark size={36} />
          <h1 className={styles.title}>{title}</h1>
          {words && <p className={styles.words}>{words}</p>}
        </header>
        {children}
        <Languages />
      </div>
    </main>
  )
}

const names: Record<UiLanguage, string> = { en: 'English', ru: 'Русский' }
function Languages() {
  const { i18n, t } = useTranslation('console')
  return (
    <fieldset className={styles.languages} aria-label={t('language')}>
      {languages.map((language) => (
        <Button
          key={language}
          look="quiet"
          size="small"
          lang={language}
          aria-pressed={i18n.language === language}
          onClick={() => void setLanguage(language)}
        >
          {names[language]}
        </Button>
      ))}
    </fieldset>
  )
}
