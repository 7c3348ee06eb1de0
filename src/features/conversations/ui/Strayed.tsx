import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../conversations.contract.ts'
import styles from './Strayed.module.css'

/** The way it came: every team that said "not ours", and the one that has it now. */
export function Strayed({ conversation: { strayed, team } }: { conversation: Conversation }) {
  const { t } = useTranslation('console')
  if (strayed.length === 0) return null
  return (
    <p className={styles.way}>
      {t('strayed')}{' '}
      {strayed.map(({ name }, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a team may stand there twice, and nothing is put between
        <Fragment key={n}>
          <bdi>{name}</bdi> <span aria-hidden="true">→</span>{' '}
        </Fragment>
      ))}
      <strong>
        <bdi>{team?.name}</bdi>
      </strong>
    </p>
  )
}
