import i18next from 'i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del, post } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import { sendAgain } from '#features/attachments/ui/sendAgain.ts'
import { writeAddresses } from '#features/drafts/ui/addresses.ts'
import { type Content, change, emptyContent, isEmpty, read } from '#features/drafts/ui/draftStore.ts'
import type { Message } from '../conversations.contract.ts'
import { freshenLists } from './queue/freshenLists.ts'
import { hideUndoBar } from './undoBar.ts'

/**
 * Undoes a send; the words and files go back to where they were written, unless something new is written there.
 * @param written as it was written here; without it as the message has it; null: nothing to bring back
 */
export async function undoSending(
  number: number,
  message: Message,
  written: Content | null = contentOf(message),
): Promise<void> {
  hideUndoBar(message.id)
  try {
    await del(`/messages/${message.id}/sending`)
    if (written === null) say(i18next.t('console:undoneKept'))
    else if (isEmpty(read(number, 'draft').content)) {
      change(number, 'draft', { ...written, stopped: false, attachments: [] })
      say(i18next.t('console:undone'))
      if (written.attachments.length > 0) await bringFiles(number, written)
    } else say(i18next.t('console:undoneKept'))
  } catch (error) {
    say(reasonOf(error), { tone: 'broken' })
  }
  void freshenLists([number])
  for (const queryKey of [keys.conversation(number), keys.views])
    void queryClient.invalidateQueries({ queryKey })
}

/** A reply that was held back becomes words for colleagues; where that fails it stands in the box again. */
export async function keepAsComment(number: number, message: Message): Promise<void> {
  const written = contentOf(message)
  await del(`/messages/${message.id}/sending`)
  try {
    const again = await sendAgain(written.attachments)
    await post(`/conversations/${number}/comments`, {
      text: written.text,
      ...(written.html === null ? {} : { html: withPictures(written.html, again) }),
      attachments: again.map(({ file }) => file.id),
    })
  } catch (error) {
    if (isEmpty(read(number, 'draft').content)) change(number, 'draft', { ...written, attachments: [] })
    throw error
  }
}

/** Pictures stand between the words under the address of their upload, which is a new one now. */
async function bringFiles(number: number, { attachments }: Content) {
  const again = await sendAgain(attachments)
  const { html } = read(number, 'draft').content
  change(number, 'draft', {
    attachments: again.map(({ file }) => file),
    html: html && withPictures(html, again),
  })
}
const withPictures = (html: string, again: Again) =>
  again.reduce(
    (words, { was, file }) =>
      words.replaceAll(`/api/v1/attachments/${was}"`, `/api/v1/attachments/${file.id}"`),
    html,
  )
type Again = Awaited<ReturnType<typeof sendAgain>>

/** What was written, read back from the message: its pictures by their address here. */
function contentOf({ text, html, to, cc, attachments }: Message): Content {
  const own = attachments.reduce<string | null>(
    (words, { id, contentId }) =>
      (contentId && words?.replaceAll(`cid:${contentId}`, `${location.origin}/api/v1/attachments/${id}`)) ||
      words,
    html,
  )
  return { ...emptyContent, text, html: own, to: writeAddresses(to), cc: writeAddresses(cc), attachments }
}
