import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Form } from '#console/kit/Field.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Words } from '#console/writing/richWords.ts'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import type { SavedReply, SavedReplyInput } from '../saved-replies.contract.ts'
import { SavedReplyForm } from './SavedReplyForm.tsx'
import { firstNameOf } from './variables.ts'

/** What stands in the box becomes a saved reply; this customer's name in it becomes a variable. */
export function SaveAsReply({
  words,
  conversation,
  onClose,
}: {
  words: Words
  conversation: Conversation
  onClose: () => void
}) {
  const { t } = useTranslation('composer')
  const [input, setInput] = useState<SavedReplyInput>(() => ({
    name: '',
    scope: 'me',
    ...withoutName(words, conversation.customer.name),
  }))
  const save = useMutation({
    mutationFn: () => post<SavedReply>('/saved-replies', input),
    onSuccess: () => {
      say(t('replySaved'))
      void queryClient.invalidateQueries({ queryKey: keys.savedReplies })
      onClose()
    },
  })
  return (
    <Dialog open wide onOpenChange={(open) => !open && onClose()} title={t('saveAsReply')}>
      <Form onSubmit={() => save.mutate()}>
        <SavedReplyForm
          input={input}
          onChange={(part) => setInput((old) => ({ ...old, ...part }))}
          nameError={save.isError ? reasonOf(save.error) : null}
        />
        <Button
          look="main"
          type="submit"
          busy={save.isPending}
          disabled={input.name.trim() === '' || input.text.trim() === ''}
        >
          {t('replySave')}
        </Button>
      </Form>
    </Dialog>
  )
}

/** Pictures belong to this draft and stay with it. */
function withoutName({ text, html }: Words, name: string | null): Words {
  const first = firstNameOf(name)
  const general = (words: string) => {
    const whole = name ? words.replaceAll(name, '{{customer.name}}') : words
    return first && first.length > 1 ? whole.replaceAll(first, '{{customer.firstName}}') : whole
  }
  return { text: general(text), html: html && general(html.replace(/<img [^>]*>/g, '')) }
}
