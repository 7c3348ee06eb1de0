import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys, queryClient } from '#console/api/query.ts'
import { useCommands } from '#console/commands/useCommands.ts'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Skeleton } from '#console/kit/States.tsx'
import { Hint } from '#features/customers/ui/Hint.tsx'
import { Who } from '#features/customers/ui/Who.tsx'
import type { Conversation } from '../conversations.contract.ts'
import { FirstComposer } from './Composer.tsx'
import styles from './ConversationPage.module.css'
import { reply } from './commands.ts'
import { Header } from './Header.tsx'
import messageStyles from './MessageItem.module.css'
import type { PageOfConversations } from './queries.ts'
import timelineStyles from './Timeline.module.css'

/** What a list has told of a conversation that is still on its way. */
export function rowOf(number: number): Conversation | undefined {
  const lists = queryClient.getQueriesData<{ pages?: PageOfConversations[] }>({ queryKey: keys.lists })
  for (const [, list] of lists)
    for (const page of list?.pages ?? []) {
      const row = page.items.find((each) => each.number === number)
      if (row) return row
    }
}

/** A conversation before it is there: what its row knows stands where it will stand, and one may begin to write. */
export function Arriving({
  row,
  onBack,
  onComposing,
}: {
  row: Conversation
  onBack: (() => void) | null
  onComposing: (on: boolean) => void
}) {
  const { t } = useTranslation('console')
  const [focusAsked, setFocusAsked] = useState(0)
  useCommands([{ command: reply, run: () => setFocusAsked((count) => count + 1) }])
  return (
    <div className={styles.page}>
      <article className={styles.conversation} aria-label={row.subject} aria-busy="true">
        <div>
          <Header conversation={row} onBack={onBack} onWho={() => {}} />
          <Hint customer={row.customer} />
        </div>
        <div className={timelineStyles.around}>
          <div className={timelineStyles.column}>
            {row.preview && <LastWords row={row} />}
            <Skeleton lines={4} />
          </div>
        </div>
        <FirstComposer number={row.number} focusAsked={focusAsked} onComposing={onComposing} />
      </article>
      <section className={styles.who} aria-label={t('customer')}>
        <Who conversation={row} />
      </section>
    </div>
  )
}

/** Who waits has spoken last; else the row does not tell whose words they are. */
function LastWords({ row: { customer, preview, waitingSince } }: { row: Conversation }) {
  const { t } = useTranslation('console')
  const name = customer.name ?? customer.address ?? t('unknownCustomer')
  return (
    <div className={messageStyles.message} data-ours={waitingSince ? undefined : ''}>
      {waitingSince && (
        <div className={messageStyles.head}>
          <Avatar name={name} />
          <span className={messageStyles.name}>{name}</span>
        </div>
      )}
      <div className={messageStyles.body}>
        <p dir="auto">{preview}</p>
      </div>
    </div>
  )
}
