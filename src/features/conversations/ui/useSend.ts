import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { newKey, post } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import { parseAddresses } from '#features/drafts/ui/addresses.ts'
import { type Content, change, settle } from '#features/drafts/ui/draftStore.ts'
import type { useDraft } from '#features/drafts/ui/useDraft.ts'
import type { Item, Message, NewMessage, OpenedConversation, Quote } from '../conversations.contract.ts'
import { joinItems, patchOpened } from './cache.ts'
import { useNeighbours } from './neighbours.ts'
import { freshenLists } from './queue/freshenLists.ts'
import { defaultRecipients } from './recipients.ts'
import { showUndoBar } from './undoBar.ts'
import { undoSending } from './undoSending.ts'

/** Why a send was not taken. */
export type Trouble =
  | { kind: 'stale'; newer: Item[] }
  | { kind: 'repeated' }
  | { kind: 'recipients'; words: string }
  | { kind: 'failed'; words: string }

interface Given {
  conversation: OpenedConversation
  draft: ReturnType<typeof useDraft>
  lastSeen: () => string | null
  onSeen: (item: Item) => void
  onNewer: (ids: string[]) => void
  quote: Quote | null
  then: 'wait' | 'close'
}

/** Sends the reply, once: the same content keeps its key over every retry. A refusal keeps the text. */
export function useSend({ conversation, draft, lastSeen, onSeen, onNewer, quote, then }: Given) {
  const { t } = useTranslation('console')
  const neighbours = useNeighbours()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const attempt = useRef({ body: '', key: '' })
  const { number } = conversation

  async function send(sendAnyway = false) {
    if (busy || draft.content.text.trim() === '') return
    const { content } = draft
    const wrong = badRecipients(content)
    if (wrong) return setTrouble({ kind: 'recipients', words: t('badRecipients', { names: wrong }) })
    const body = messageBody(content, conversation, {
      lastSeen: lastSeen() ?? undefined,
      ...(quote ? { quote } : {}),
      ...(sendAnyway ? { sendAnyway } : {}),
      then: { status: then === 'close' ? 'solved' : 'pending' },
    })
    const written = JSON.stringify(body)
    if (attempt.current.body !== written) attempt.current = { body: written, key: newKey() }
    setBusy(true)
    setTrouble(null)
    try {
      await settle(number, 'draft')
      const message = await post<Message>(`/conversations/${number}/messages`, body, {
        idempotencyKey: attempt.current.key,
      })
      taken(message, content)
    } catch (error) {
      refused(error)
    } finally {
      setBusy(false)
    }
  }

  function taken(message: Message, content: Content) {
    attempt.current = { body: '', key: '' }
    onNewer([])
    onSeen(message)
    queryClient.setQueryData<OpenedConversation>(keys.conversation(number), (old) =>
      patchOpened(old, { items: joinItems(old?.items ?? [], [message]), lastItem: message.id }),
    )
    void draft.discard()
    void queryClient.invalidateQueries({ queryKey: keys.conversation(number) })
    void freshenLists([number])
    void queryClient.invalidateQueries({ queryKey: keys.views })
    showUndoBar(message, () => void undoSending(number, message, content))
    if (then === 'close' && neighbours && !neighbours.go(1)) neighbours.leave()
  }

  function refused(error: unknown) {
    if (error instanceof ApiError && error.code === 'stale') {
      const newer = (error.body.newer ?? []) as Item[]
      queryClient.setQueryData<OpenedConversation>(keys.conversation(number), (old) =>
        patchOpened(old, { items: joinItems(old?.items ?? [], newer) }),
      )
      onNewer(newer.map((item) => item.id))
      setTrouble({ kind: 'stale', newer })
      draft.change({ stopped: true })
    } else if (error instanceof ApiError && error.code === 'repeated') setTrouble({ kind: 'repeated' })
    else {
      setTrouble({ kind: 'failed', words: reasonOf(error) })
      draft.change({})
    }
  }

  return {
    busy,
    trouble,
    send,
    /** The writer has read what is new and goes on. */
    edit: () => {
      setTrouble(null)
      onNewer([])
      draft.change({ stopped: false })
    },
    saveAsComment: async () => {
      try {
        await post(`/conversations/${number}/comments`, {
          text: draft.content.text,
          attachments: draft.content.attachments.map((file) => file.id),
        })
        await draft.discard()
        setTrouble(null)
        onNewer([])
        void queryClient.invalidateQueries({ queryKey: keys.conversation(number) })
      } catch (error) {
        setTrouble({ kind: 'failed', words: reasonOf(error) })
      }
    },
    discard: async () => {
      const { content } = draft
      await draft.discard()
      setTrouble(null)
      onNewer([])
      say(t('discarded'), { act: { label: t('undo'), run: () => change(number, 'draft', content) } })
    },
  }
}
export type Send = ReturnType<typeof useSend>

function badRecipients({ to, cc, bcc }: Content): string | null {
  const bad = [to, cc, bcc].flatMap((typed) => (typed === null ? [] : parseAddresses(typed).bad))
  return bad.length > 0 ? bad.join(', ') : null
}

/** Recipients nobody touched are left to the server; touched ones are said in full. */
function messageBody(
  content: Content,
  conversation: OpenedConversation,
  rest: Partial<NewMessage>,
): NewMessage {
  const { to, cc, bcc } = content
  const usual = defaultRecipients(conversation)
  const people =
    to === null && cc === null
      ? {}
      : { to: parseAddresses(to ?? usual.to).good, cc: parseAddresses(cc ?? usual.cc).good }
  return {
    text: content.text.trimEnd(),
    ...(content.attachments.length > 0 ? { attachments: content.attachments.map((file) => file.id) } : {}),
    ...people,
    ...(bcc === null || bcc.trim() === '' ? {} : { bcc: parseAddresses(bcc).good }),
    ...rest,
  }
}
