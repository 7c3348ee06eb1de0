import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { partnersQuery } from '#console/api/directory.ts'
import { queryClient } from '#console/api/query.ts'
import { del, patch, post } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { say } from '#console/kit/Toast.tsx'
import { EditDialog } from '#console/settings/EditDialog.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import { useEdited } from '#console/settings/useUnsaved.tsx'
import type { Partner } from '../consults.contract.ts'

const freshen = () => queryClient.invalidateQueries({ queryKey: partnersQuery.queryKey })

/** Departments and partners one can ask by mail who have no account here. */
export function DirectoryPage() {
  const { t } = useTranslation(['desk', 'settings', 'console'])
  const [edited, setEdited] = useState<Partner | 'new' | null>(null)
  const query = useQuery(partnersQuery)
  return (
    <Page
      title={t('directory.title')}
      words={t('directory.words')}
      acts={
        <Button look="main" icon="plus" onClick={() => setEdited('new')}>
          {t('directory.add')}
        </Button>
      }
    >
      <Listed
        query={query}
        empty={<EmptyState icon="mail" title={t('directory.empty')} words={t('directory.emptyWords')} />}
      >
        {(all) => (
          <List label={t('directory.title')}>
            {all.map((one) => (
              <Row key={one.id} one={one} onEdit={() => setEdited(one)} />
            ))}
          </List>
        )}
      </Listed>
      {edited && <PartnerDialog partner={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function Row({ one, onEdit }: { one: Partner; onEdit: () => void }) {
  const { t } = useTranslation(['desk', 'settings', 'console'])
  const act = async (work: Promise<unknown>) => {
    try {
      await work
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    }
    await freshen()
  }
  const keep = () => post('/partners', { name: one.name ?? one.address, address: one.address })
  const remove = async () => {
    await act(del(`/partners/${one.id}`))
    say(t('directory.removed', { name: one.name ?? one.address }), {
      act: { label: t('console:undo'), run: () => void act(keep()) },
    })
  }
  return (
    <ListRow
      title={<bdi>{one.name ?? one.address}</bdi>}
      words={<bdi>{one.address}</bdi>}
      end={
        <>
          {!one.listed && <Badge>{t('directory.askedOnce')}</Badge>}
          {!one.listed && <Button onClick={() => void act(keep())}>{t('directory.keep')}</Button>}
          {one.listed && <Button onClick={onEdit}>{t('console:edit')}</Button>}
          <Button onClick={() => void remove()}>{t('directory.remove')}</Button>
        </>
      }
    />
  )
}

function PartnerDialog({ partner, onClose }: { partner: Partner | null; onClose: () => void }) {
  const { t } = useTranslation(['desk', 'settings', 'console'])
  const { value, set, unsaved } = useEdited({ name: partner?.name ?? '', address: partner?.address ?? '' })
  const form = useSubmit(async () => {
    if (partner) await patch(`/partners/${partner.id}`, { name: value.name })
    else await post('/partners', value)
    await freshen()
    onClose()
  })
  return (
    <EditDialog
      title={t(partner ? 'directory.edit' : 'directory.add')}
      form={form}
      onClose={onClose}
      save={t(partner ? 'settings:save' : 'directory.addAct')}
      unsaved={unsaved}
    >
      <Field label={t('directory.name')} hint={t('directory.nameHint')} error={form.field('name')}>
        <Input value={value.name} onChange={(name) => set({ name })} maxLength={200} autoComplete="off" />
      </Field>
      {!partner && (
        <Field label={t('directory.address')} error={form.field('address')}>
          <Input
            type="email"
            value={value.address}
            onChange={(address) => set({ address })}
            autoComplete="off"
          />
        </Field>
      )}
    </EditDialog>
  )
}
