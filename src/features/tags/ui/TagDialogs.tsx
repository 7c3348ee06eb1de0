import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys, queryClient } from '#console/api/query.ts'
import { patch, post } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { Combobox } from '#console/kit/Combobox.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { say } from '#console/kit/Toast.tsx'
import { EditDialog } from '#console/settings/EditDialog.tsx'
import { useEdited } from '#console/settings/useUnsaved.tsx'
import type { Tag } from '../tags.contract.ts'

/** Tags stand in rows, in conversations and in views. */
export const freshenTags = () =>
  Promise.all(
    [keys.tags, keys.lists, ['conversation'], keys.views].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  )

/** A new tag, or another name for one. */
export function NameTag({ tag, onClose }: { tag: Tag | null; onClose: () => void }) {
  const { t } = useTranslation(['desk', 'settings', 'console'])
  const { value, set, unsaved } = useEdited({ name: tag?.name ?? '' })
  const form = useSubmit(async () => {
    const name = value.name.trim()
    if (tag) await patch(`/tags/${tag.id}`, { name })
    else await post('/tags', { name })
    await freshenTags()
    onClose()
  })
  return (
    <EditDialog
      title={tag ? t('tags.renameTitle', { name: tag.name }) : t('tags.add')}
      words={tag ? t('tags.renameWords') : undefined}
      form={form}
      onClose={onClose}
      unsaved={unsaved}
    >
      <Field label={t('settings:nameOf')} hint={t('tags.nameHint')} error={form.field('name')}>
        <Input value={value.name} onChange={(name) => set({ name })} maxLength={60} autoComplete="off" />
      </Field>
    </EditDialog>
  )
}

export function MergeTag({ tag, others, onClose }: { tag: Tag; others: Tag[]; onClose: () => void }) {
  const { t } = useTranslation(['desk', 'settings', 'console'])
  const [into, setInto] = useState<string | null>(null)
  const chosen = others.find((each) => each.id === into)
  const form = useSubmit(async () => {
    const stays = await post<Tag>(`/tags/${tag.id}/merge`, { into })
    await freshenTags()
    say(t('tags.merged', { name: tag.name, into: stays.name }))
    onClose()
  })
  return (
    <EditDialog
      title={t('tags.mergeTitle', { name: tag.name })}
      words={t('tags.mergeWords', { count: tag.conversations ?? 0, name: tag.name })}
      form={form}
      onClose={onClose}
      save={t('tags.mergeAct')}
      notYet={!chosen}
    >
      <Field label={t('tags.into')} error={form.field('into')}>
        <Combobox
          value={into}
          onChange={setInto}
          placeholder={t('tags.find')}
          label={t('tags.into')}
          options={others
            .filter((each) => each.id !== tag.id)
            .map((each) => ({
              id: each.id,
              label: each.name,
              hint: t('tags.count', { count: each.conversations ?? 0 }),
            }))}
          trigger={<Button look="field">{chosen?.name ?? t('tags.choose')}</Button>}
        />
      </Field>
    </EditDialog>
  )
}
