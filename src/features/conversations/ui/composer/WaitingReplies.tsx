import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del, put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Message, OpenedConversation } from '../../conversations.contract.ts'
import styles from '../Composer.module.css'
import { keepAsComment, undoSending } from '../undoSending.ts'
import { waitingReplies } from './waiting.ts'
import { zonedTime } from './zonedTime.ts'

/** Replies that leave later, or that the customer's new words hold back: let go, or taken back into the box. */
export function WaitingReplies({ conversation }: { conversation: OpenedConversation }) {
  return waitingReplies(conversation.items).map((message) => (
    <Waiting key={message.id} message={message} number={conversation.number} />
  ))
}

function Waiting({ message, number }: { message: Message; number: number }) {
  const { t, i18n } = useTranslation('composer')
  const me = useMe()
  const act = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onError: (error) => say(reasonOf(error), { tone: 'broken' }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: keys.conversation(number) }),
  })
  const mine = message.author.id === me.id
  const who = mine ? 'mine' : 'other'
  const words =
    message.state === 'scheduled' && message.sendAt
      ? t(`waits.${who}`, { name: message.author.name, time: zonedTime(message.sendAt, i18n.language) })
      : t(`held.${who}`, { name: message.author.name })
  const held = message.state === 'held'
  return (
    <div className={styles.waiting}>
      <Icon name="clock" />
      <span className={styles.grow} role="status">
        {words}
      </span>
      <Button
        size="small"
        look="quiet"
        busy={act.isPending}
        onClick={() => act.mutate(() => put(`/messages/${message.id}/sending`))}
      >
        {t(held ? 'sendAnyway' : 'console:sendNow')}
      </Button>
      {mine && (
        <Button size="small" look="quiet" onClick={() => act.mutate(() => undoSending(number, message))}>
          {t(held ? 'editOn' : 'takeBack')}
        </Button>
      )}
      {mine && held && (
        <Button size="small" look="quiet" onClick={() => act.mutate(() => keepAsComment(number, message))}>
          {t('saveAsComment')}
        </Button>
      )}
      {(held || !mine) && (
        <Button
          size="small"
          look="quiet"
          onClick={() => act.mutate(() => del(`/messages/${message.id}/sending`))}
        >
          {t(mine ? 'discard' : 'cancelIt')}
        </Button>
      )}
    </div>
  )
}
