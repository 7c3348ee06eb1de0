import { useTranslation } from 'react-i18next'
import { IconButton } from '#console/kit/Button.tsx'
import type { Conversation } from '../../conversations.contract.ts'
import { acts } from './acts.ts'
import styles from './QueueRow.module.css'
import { useRowHands } from './rowContext.ts'
import { tomorrow } from './tomorrow.ts'

/** The nearest acts, over the end of the row while a pointer is on it. All of them are in its menu. */
export function RowActs({ row }: { row: Conversation }) {
  const { t, i18n } = useTranslation('queue')
  const hands = useRowHands()
  const closed = row.status.category === 'solved' || row.status.category === 'closed'
  const morning = tomorrow(i18n.language)
  return (
    <span className={styles.acts}>
      {!closed && (
        <>
          <IconButton
            name="clock"
            size="small"
            tabIndex={-1}
            label={t('snoozeTo', { time: morning.words })}
            onClick={() => hands.act(row, acts.snooze(morning.at, morning.words))}
          />
          <IconButton
            name="check"
            size="small"
            tabIndex={-1}
            label={t('console:closeConversation')}
            onClick={() => hands.act(row, acts.close())}
          />
        </>
      )}
      <IconButton
        name="more"
        size="small"
        tabIndex={-1}
        label={t('console:more')}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect()
          hands.openMenu(row, { x: left, y: bottom + 4 })
        }}
      />
    </span>
  )
}
