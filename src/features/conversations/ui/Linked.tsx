import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../conversations.contract.ts'
import styles from './NewPeople.module.css'

/** Other conversations that belong to this one, and how. */
export function Linked({ conversation: { links } }: { conversation: Conversation }) {
  const { t } = useTranslation('console')
  if (links.length === 0) return null
  return (
    <div className={styles.person}>
      {links.map(({ kind, number }) => (
        <span key={`${kind} ${number}`}>
          {t(`linked.${kind}`)}{' '}
          <Link to="/conversations/$number" params={{ number: String(number) }}>
            {t('numberOf', { number })}
          </Link>
        </span>
      ))}
    </div>
  )
}
