import i18next from 'i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import { sendAgain } from '#features/attachments/ui/sendAgain.ts'
import { type Content, change, emptyContent, isEmpty, read } from '#features/drafts/ui/draftStore.ts'
import type { Message } from '../conversations.contract.ts'
import { freshenLists } from './queue/freshenLists.ts'
import { hideUndoBar } from './undoBar.ts'

/** Undoes a send; the words and files go back to where they were written, unless something new is written there. */
export async function undoSending(number: number, message: Message, written?: Content): Promise<void> {
  const content = written ?? { ...emptyContent, text: message.text, attachments: message.attachments }
  hideUndoBar(message.id)
  try {
    await del(`/messages/${message.id}/sending`)
    if (isEmpty(read(number, 'draft').content)) {
      change(number, 'draft', { ...content, attachments: [] })
      say(i18next.t('console:undone'))
      if (content.attachments.length > 0)
        change(number, 'draft', { attachments: await sendAgain(content.attachments) })
    } else say(i18next.t('console:undoneKept'))
  } catch (error) {
    say(reasonOf(error), { tone: 'broken' })
  }
  void freshenLists([number])
  for (const queryKey of [keys.conversation(number), keys.views])
    void queryClient.invalidateQueries({ queryKey })
}
