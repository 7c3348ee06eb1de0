import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import type { DraftInHand } from '#features/drafts/ui/useDraft.ts'
import { variableName } from '#features/saved-replies/ui/variables.ts'
import type { Item, Message, OpenedConversation } from '../../conversations.contract.ts'
import styles from '../Composer.module.css'
import type { Send } from './useSend.ts'
import { zonedTime } from './zonedTime.ts'

/** Why it was not sent, and what can be done. The text stays where it is. */
export function SendTrouble({
  send,
  draft,
  conversation,
  onNewer,
}: {
  send: Send
  draft: DraftInHand
  conversation: OpenedConversation
  onNewer: (ids: string[]) => void
}) {
  const { t, i18n } = useTranslation('composer')
  const { trouble, setTrouble } = send
  const { stopped, lastSeen } = draft.content
  const waits = stopped && trouble === null && !send.busy
  // A stopped draft waits for its decision over every reload, on every device.
  useEffect(() => {
    if (!waits) return
    const newer = newerThan(conversation.items, lastSeen)
    onNewer(newer.map((item) => item.id))
    setTrouble({ kind: 'stale', newer })
  }, [waits, lastSeen, conversation.items, onNewer, setTrouble])
  if (!trouble) return null
  switch (trouble.kind) {
    case 'failed':
    case 'wrong':
      return (
        <Told
          broken
          words={trouble.kind === 'failed' ? t('sendFailed', { reason: trouble.words }) : trouble.words}
        />
      )
    case 'kept':
      return <Told words={trouble.words} />
    case 'blanks':
      return (
        <Told words={t('blanksLeft', { names: trouble.names.map((name) => variableName(name)).join(', ') })}>
          <Button size="small" onClick={() => setTrouble(null)}>
            {t('editOn')}
          </Button>
        </Told>
      )
    case 'waiting':
      return <WaitingTrouble send={send} messages={trouble.messages} language={i18n.language} />
    case 'repeated':
      return (
        <Told words={t('repeated')}>
          <Button size="small" busy={send.busy} onClick={() => void send.sendAnyway({ stale: true })}>
            {t('sendAnyway')}
          </Button>
          <Button size="small" onClick={send.edit}>
            {t('editOn')}
          </Button>
          <Button size="small" look="quiet" onClick={() => void send.discard()}>
            {t('discard')}
          </Button>
        </Told>
      )
    case 'stale': {
      const names = [
        ...new Set(trouble.newer.map((item) => item.author.name ?? item.author.address ?? t('somebody'))),
      ]
      return (
        <Told words={t('stale', { names: names.join(', ') || t('somebody') })}>
          <Button size="small" busy={send.busy} onClick={() => void send.sendAnyway({ stale: true })}>
            {t('sendAnyway')}
          </Button>
          <Button size="small" onClick={send.edit}>
            {t('editOn')}
          </Button>
          <Button size="small" onClick={() => void send.saveAsComment()}>
            {t('saveAsComment')}
          </Button>
          <Button size="small" look="quiet" onClick={() => void send.discard()}>
            {t('discard')}
          </Button>
        </Told>
      )
    }
  }
}

function Told({ words, broken, children }: { words: string; broken?: boolean; children?: ReactNode }) {
  return (
    <div className={styles.trouble} data-broken={broken ? '' : undefined} role="alert">
      {words}
      {children && <div className={styles.troubleActs}>{children}</div>}
    </div>
  )
}

/** Another reply of ours still waits: with two answers the customer would be puzzled. */
function WaitingTrouble({ send, messages, language }: { send: Send; messages: Message[]; language: string }) {
  const { t } = useTranslation('composer')
  const [first] = messages
  const cancelThem = async () => {
    try {
      for (const message of messages) await del(`/messages/${message.id}/sending`)
      await send.sendAnyway({ waiting: true })
    } catch (error) {
      send.setTrouble({ kind: 'failed', words: reasonOf(error) })
    }
    if (first) void queryClient.invalidateQueries({ queryKey: keys.lists })
  }
  return (
    <Told
      words={t('waitingAsk', {
        name: first?.author.name ?? t('somebody'),
        time: first?.sendAt ? zonedTime(first.sendAt, language) : t('waitingHeld'),
      })}
    >
      <Button size="small" busy={send.busy} onClick={() => void cancelThem()}>
        {t('waitingReplace')}
      </Button>
      <Button size="small" onClick={() => void send.sendAnyway({ waiting: true })}>
        {t('waitingBoth')}
      </Button>
      <Button size="small" look="quiet" onClick={() => send.setTrouble(null)}>
        {t('editOn')}
      </Button>
    </Told>
  )
}

/** What may have stopped a draft, looked up again after a reload. */
function newerThan(items: readonly Item[], lastSeen: string | null): Item[] {
  const seen = items.find((item) => item.id === lastSeen)?.position ?? (lastSeen === null ? Infinity : 0)
  return items.filter(
    (item) =>
      item.position > seen &&
      item.type !== 'event' &&
      !(item.type === 'message' && item.state === 'cancelled'),
  )
}
