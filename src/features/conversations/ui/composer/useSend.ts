import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { newKey, post } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import { withdrawReply } from '#console/offline/waiting.ts'
import { blanksIn } from '#console/writing/richWords.ts'
import { parseAddresses } from '#features/drafts/ui/addresses.ts'
import { type Content, change, filesOf, isWordless, settle } from '#features/drafts/ui/draftStore.ts'
import type { DraftInHand } from '#features/drafts/ui/useDraft.ts'
import type { Item, Message, NewMessage, OpenedConversation, Quote } from '../../conversations.contract.ts'
import { joinItems, patchOpened } from '../cache.ts'
import { useNeighbours } from '../neighbours.ts'
import { freshenLists } from '../queue/freshenLists.ts'
import { showUndoBar } from '../undoBar.ts'
import { undoSending } from '../undoSending.ts'
import { defaultRecipients } from './recipients.ts'
import { type Choice, thenOf } from './sendHow.ts'
import { waitingReplies } from './waiting.ts'

/** Why a send was not taken. */
export type Trouble =
  | { kind: 'stale'; newer: Item[] }
  | { kind: 'repeated' }
  | { kind: 'blanks'; names: string[] }
  | { kind: 'waiting'; messages: Message[] }
  | { kind: 'wrong'; words: string }
  /** No line now: it leaves by itself later. */
  | { kind: 'kept'; words: string }
  | { kind: 'failed'; words: string }

interface Given {
  conversation: OpenedConversation
  draft: DraftInHand
  lastSeen: () => string | null
  onSeen: (item: Item, all?: boolean) => void
  onNewer: (ids: string[]) => void
  quote: Quote | null
  choice: Choice
}
export interface SendLater {
  /** UTC, ISO 8601 */
  at: string
  unlessCustomerWrites: boolean
}
const noAttempt = { written: '', key: '', body: null }
interface Anyway {
  later?: SendLater
  /** What is newer was read. */
  stale?: boolean
  /** Whatever else of ours still waits. */
  waiting?: boolean
}

/** Sends the reply, once: the same content keeps its key over every retry. A refusal keeps the text. */
export function useSend({ conversation, draft, lastSeen, onSeen, onNewer, quote, choice }: Given) {
  const { t } = useTranslation('composer')
  const neighbours = useNeighbours()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const attempt = useRef<{ written: string; key: string; body: NewMessage | null }>(noAttempt)
  const later = useRef<SendLater | undefined>(undefined)
  const { number } = conversation

  async function send(anyway: Anyway = {}) {
    const content = draft.now()
    if (busy || isWordless(content)) return
    later.current = anyway.later
    const stop = stopBefore(content, anyway)
    if (stop) return setTrouble(stop)
    const body = messageBody(content, conversation, {
      lastSeen: lastSeen() ?? undefined,
      ...(quote ? { quote } : {}),
      ...(anyway.stale ? { sendAnyway: true } : {}),
      ...(anyway.later
        ? { sendAt: anyway.later.at, unlessCustomerWrites: anyway.later.unlessCustomerWrites }
        : {}),
      then: content.then ?? thenOf(choice, new Date()),
    })
    // The time a snooze ends moves with the clock; the act stays the same.
    const written = JSON.stringify({ ...body, then: content.then ?? choice })
    if (attempt.current.written !== written) attempt.current = { written, key: newKey(), body }
    setBusy(true)
    setTrouble(null)
    try {
      await settle(number, 'draft')
      const message = await post<Message>(`/conversations/${number}/messages`, attempt.current.body, {
        idempotencyKey: attempt.current.key,
        waits: { kind: 'reply', conversation: number, onKept },
      })
      taken(message, content)
    } catch (error) {
      refused(error)
    } finally {
      setBusy(false)
    }
  }

  /** Without a line it goes out later by itself, unless it is written on or something new arrives first. */
  function onKept() {
    setBusy(false)
    setTrouble({ kind: 'kept', words: t('console:sendWaits') })
  }
  useEffect(() => {
    const { text } = draft.content
    if (text !== '' && withdrawReply(number, (body) => body.text !== text.trimEnd())) setTrouble(null)
  }, [draft.content, number])

  /** What only the writer can mend or decide. */
  function stopBefore(content: Content, anyway: Anyway): Trouble | null {
    const wrong = badRecipients(content)
    if (wrong) return { kind: 'wrong', words: t('badRecipients', { names: wrong }) }
    const names = blanksIn(content.text)
    if (names.length > 0) return { kind: 'blanks', names }
    const waiting = anyway.waiting || anyway.later ? [] : waitingReplies(conversation.items)
    return waiting.length > 0 ? { kind: 'waiting', messages: waiting } : null
  }

  function taken(message: Message, content: Content) {
    attempt.current = noAttempt
    onNewer([])
    onSeen(message, true)
    queryClient.setQueryData<OpenedConversation>(keys.conversation(number), (old) =>
      patchOpened(old, { items: joinItems(old?.items ?? [], [message]), lastItem: message.id }),
    )
    void draft.discard()
    void freshenLists([number])
    for (const queryKey of [keys.conversation(number), keys.views, keys.drafts])
      void queryClient.invalidateQueries({ queryKey })
    if (message.state === 'scheduled') say(t('laterDone'))
    else showUndoBar(message, () => void undoSending(number, message, content))
    const closes = (content.then ?? thenOf(choice, new Date())).status === 'solved'
    if (closes && message.state !== 'scheduled' && neighbours && !neighbours.go(1)) neighbours.leave()
  }

  function refused(error: unknown) {
    if (error instanceof ApiError && error.code === 'stale') {
      const newer = (error.body.newer ?? []) as Item[]
      queryClient.setQueryData<OpenedConversation>(keys.conversation(number), (old) =>
        patchOpened(old, { items: joinItems(old?.items ?? [], newer) }),
      )
      onNewer(newer.map((item) => item.id))
      setTrouble({ kind: 'stale', newer })
      draft.change({ stopped: true, lastSeen: lastSeen() })
    } else if (error instanceof ApiError && error.code === 'repeated') setTrouble({ kind: 'repeated' })
    else {
      setTrouble({ kind: 'failed', words: reasonOf(error) })
      draft.change({})
    }
  }

  const over = () => {
    setTrouble(null)
    onNewer([])
  }
  return {
    busy,
    trouble,
    send,
    /** The same once more, over the one thing that stopped it. */
    sendAnyway: (anyway: Anyway) => send({ later: later.current, ...anyway }),
    setTrouble,
    /** The writer has read what is new and goes on. */
    edit: () => {
      const newest = trouble?.kind === 'stale' ? trouble.newer.at(-1) : undefined
      if (newest) onSeen(newest, true)
      over()
      draft.change({ stopped: false, lastSeen: null })
    },
    saveAsComment: async () => {
      const content = draft.now()
      try {
        await settle(number, 'draft')
        await post(`/conversations/${number}/comments`, {
          text: content.text,
          ...(content.html === null ? {} : { html: content.html }),
          attachments: filesOf(content).map((file) => file.id),
        })
        await draft.discard()
        over()
        void queryClient.invalidateQueries({ queryKey: keys.conversation(number) })
      } catch (error) {
        setTrouble({ kind: 'failed', words: reasonOf(error) })
      }
    },
    discard: async () => {
      withdrawReply(number)
      const content = draft.now()
      await draft.discard()
      over()
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
export function messageBody(
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
  const files = filesOf(content)
  return {
    text: content.text.trimEnd(),
    ...(content.html === null ? {} : { html: content.html }),
    ...(files.length > 0 ? { attachments: files.map((file) => file.id) } : {}),
    ...people,
    ...(bcc === null || bcc.trim() === '' ? {} : { bcc: parseAddresses(bcc).good }),
    ...rest,
  }
}
