import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import type { Conversation } from '../conversations.contract.ts'
import styles from './MergedLine.module.css'
import { takeApart } from './mergeActs.ts'

/** What was merged into this one, and the way back out. */
export function MergedLine({ conversation: { number, merged } }: { conversation: Conversation }) {
  const { t } = useTranslation('merging')
  const [open, setOpen] = useState(merged.length <= 2)
  if (!open)
    return (
      <p className={styles.line}>
        <Icon name="link" size={14} />
        <span className={styles.words}>{t('hereMany', { count: merged.length })}</span>
        <Button size="small" look="quiet" onClick={() => setOpen(true)}>
          {t('show')}
        </Button>
      </p>
    )
  return (
    <ul className={styles.lines} aria-label={t('here')}>
      {merged.map((each) => (
        <li key={each.number} className={styles.line}>
          <Icon name="link" size={14} />
          <span className={styles.words}>
            {t('console:numberOf', { number: each.number })} <bdi>{each.subject}</bdi>{' '}
            {each.into === number ? t('isHere') : t('isHereBy', { number: each.into })}
          </span>
          <Button size="small" look="quiet" onClick={() => void takeApart([each.number], number)}>
            {t('takeApart')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
