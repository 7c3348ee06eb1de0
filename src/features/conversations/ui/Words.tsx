import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { linked } from './linked.ts'
import styles from './Words.module.css'

/** Plain text with its links alive, and its quoted history and signature folded. */
export function Words({ text, fold }: { text: string; fold?: { from: number; to: number } | null }) {
  const { t } = useTranslation('console')
  const [open, setOpen] = useState(false)
  const folds = fold && fold.from < fold.to && text.slice(fold.from, fold.to).trim() !== ''
  if (!folds) return <Plain text={text.trimEnd()} />
  const before = text.slice(0, fold.from).trimEnd()
  const after = text.slice(fold.to).trim()
  return (
    <div>
      {before && <Plain text={before} />}
      <button
        type="button"
        className={styles.fold}
        aria-expanded={open}
        aria-label={open ? t('foldHide') : t('foldShow')}
        title={open ? t('foldHide') : t('foldShow')}
        onClick={() => setOpen(!open)}
      >
        •••
      </button>
      {open && (
        <div className={styles.folded}>
          <Plain text={text.slice(fold.from, fold.to).trim()} />
        </div>
      )}
      {after && <Plain text={after} />}
    </div>
  )
}

function Plain({ text }: { text: string }) {
  return (
    <div className={styles.text} dir="auto">
      {linked(text).map((part) => (
        <Fragment key={part.at}>
          {part.href ? (
            <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
              {part.text}
            </a>
          ) : (
            part.text
          )}
        </Fragment>
      ))}
    </div>
  )
}
