import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { get, patch, post } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Select } from '#console/kit/Select.tsx'
import { say } from '#console/kit/Toast.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import { EditDialog } from '#console/settings/EditDialog.tsx'
import { useRemoval } from '#console/settings/useRemoval.tsx'
import { useEdited } from '#console/settings/useUnsaved.tsx'
import { settleWriting } from '#console/writing/settleWriting.ts'
import type { Conversation } from '#features/conversations/conversations.contract.ts'
import type { SavedReply, SavedReplyInput } from '../saved-replies.contract.ts'
import { SavedReplyForm } from './SavedReplyForm.tsx'
import { useValues } from './useSavedReplies.ts'
import { fillIn } from './variables.ts'

const example = '{{customer.firstName|there}}'
const inputOf = (reply: SavedReply | null): SavedReplyInput => ({
  name: reply?.name ?? '',
  text: reply?.text ?? '',
  html: reply?.html ?? null,
  scope: reply?.scope ?? 'me',
  team: reply?.team ?? null,
})

export function SavedReplyDialog({ reply, onClose }: { reply: SavedReply | null; onClose: () => void }) {
  const { t } = useTranslation(['desk', 'settings', 'composer'])
  const me = useMe()
  const { value: input, set, unsaved } = useEdited(() => inputOf(reply))
  const latest = useRef(input)
  latest.current = input
  const [preview, setPreview] = useState(false)
  const removal = useRemoval()
  const refresh = () => queryClient.invalidateQueries({ queryKey: keys.savedReplies })
  const mayChange = !reply || reply.owner.id === me.id || me.role === 'admin'
  const form = useSubmit(async () => {
    if (reply) await patch(`/saved-replies/${reply.id}`, latest.current)
    else await post('/saved-replies', latest.current)
    await refresh()
    say(t('composer:replySaved'))
    onClose()
  })
  const submit = (): undefined => {
    settleWriting()
    // The last words are told to this component with the next render; the form sends what stands then.
    window.setTimeout(() => form.submit())
  }
  const removeIt = () =>
    reply &&
    removal.ask({
      path: `/saved-replies/${reply.id}`,
      title: t('desk:replies.removeTitle', { name: reply.name }),
      words: t(`desk:replies.removeWords.${reply.scope}`),
      act: t('settings:remove'),
      done: async () => {
        await refresh()
        onClose()
      },
    })
  return (
    <EditDialog
      wide
      title={reply?.name ?? t('desk:replies.add')}
      words={mayChange ? undefined : t('desk:replies.notYours', { name: reply?.owner.name })}
      form={{ ...form, submit }}
      onClose={onClose}
      unsaved={unsaved && mayChange}
      cannotSave={!mayChange}
      extra={
        reply &&
        mayChange && (
          <Button look="remove" onClick={removeIt}>
            {t('settings:remove')}
          </Button>
        )
      }
    >
      {mayChange && (
        <SavedReplyForm input={input} onChange={set} nameError={form.field('name') ?? form.field('text')} />
      )}
      <div>
        {(mayChange || preview) && (
          <Button size="small" icon="eye" aria-expanded={preview} onClick={() => setPreview(!preview)}>
            {t(preview ? 'desk:replies.hidePreview' : 'desk:replies.preview')}
          </Button>
        )}
      </div>
      {(preview || !mayChange) && <Preview text={input.text} />}
      {removal.dialog}
    </EditDialog>
  )
}

/** The words as a real customer would get them: somebody who has written lately, to be chosen. */
function Preview({ text }: { text: string }) {
  const { t } = useTranslation('desk')
  const { data } = useQuery({
    queryKey: [...keys.lists, 'for-preview'],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: Conversation[] }>('/conversations', {
          query: { view: 'all', sort: 'updated', limit: 12 },
          signal,
        })
      ).items,
  })
  const [chosen, setChosen] = useState<string | null>(null)
  if (!data) return null
  const [first] = data
  if (!first) return <p className={dialogStyles.preview}>{t('replies.nobodyYet')}</p>
  const conversation = data.find((each) => String(each.number) === chosen) ?? first
  return (
    <div className={dialogStyles.group}>
      <Field label={t('replies.previewFor')}>
        <Select
          value={String(conversation.number)}
          onChange={setChosen}
          options={data.map((each) => ({
            value: String(each.number),
            label: `${each.customer.name ?? each.customer.address ?? '…'} · ${each.subject || t('console:numberOf', { number: each.number })}`,
          }))}
        />
      </Field>
      <Filled text={text} conversation={conversation} />
    </div>
  )
}

function Filled({ text, conversation }: { text: string; conversation: Conversation }) {
  const { t } = useTranslation('desk')
  const filled = fillIn(text, useValues(conversation))
  const gaps = [...new Set(filled.match(/\{\{[^{}]*\}\}/g) ?? [])]
  return (
    <>
      <p className={dialogStyles.preview} dir="auto">
        {filled || t('replies.noWords')}
      </p>
      {gaps.length > 0 && (
        <p className={dialogStyles.warning}>{t('replies.gaps', { names: gaps.join(', '), example })}</p>
      )}
    </>
  )
}
