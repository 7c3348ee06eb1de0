import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { queryClient } from '#console/api/query.ts'
import { del, get, put } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { EditDialog } from '#console/settings/EditDialog.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import { useEdited } from '#console/settings/useUnsaved.tsx'

interface Blocked {
  address: string
  reason: string | null
  by: { id: string; name: string } | null
  at: string
}
const queryKey = ['blocked-addresses'] as const
const freshen = () =>
  Promise.all([queryKey, ['customer']].map((key) => queryClient.invalidateQueries({ queryKey: key })))
const pathOf = (address: string) => `/blocked-addresses/${encodeURIComponent(address)}`

async function everyBlocked(signal: AbortSignal): Promise<Blocked[]> {
  const items: Blocked[] = []
  let cursor: string | null = null
  do {
    const page: { items: Blocked[]; nextCursor: string | null } = await get('/blocked-addresses', {
      query: { limit: 100, cursor },
      signal,
    })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor && items.length < 2000)
  return items
}

/** Whose mail is kept apart: who said so, when and why, and the way back. */
export function BlockedPage() {
  const { t } = useTranslation(['desk', 'settings', 'console'])
  const me = useMe()
  const [adding, setAdding] = useState(false)
  const query = useQuery({ queryKey, queryFn: ({ signal }) => everyBlocked(signal), staleTime: 0 })
  return (
    <Page
      title={t('blocked.title')}
      words={
        <>
          {t('blocked.words')} {me.role === 'admin' && <Link to="/mail-log">{t('blocked.mailLog')}</Link>}
        </>
      }
      acts={
        <Button look="main" icon="plus" onClick={() => setAdding(true)}>
          {t('blocked.add')}
        </Button>
      }
    >
      <Listed
        query={query}
        empty={<EmptyState icon="check" title={t('blocked.empty')} words={t('blocked.emptyWords')} />}
      >
        {(all) => (
          <List label={t('blocked.title')}>
            {all.map((one) => (
              <Row key={one.address} one={one} />
            ))}
          </List>
        )}
      </Listed>
      {adding && <BlockDialog onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Row({ one }: { one: Blocked }) {
  const { t } = useTranslation(['desk', 'settings', 'console'])
  const unblock = async () => {
    queryClient.setQueryData<Blocked[]>(queryKey, (old) => old?.filter((each) => each !== one))
    try {
      await del(pathOf(one.address))
      say(t('blocked.unblocked', { address: one.address }), {
        act: {
          label: t('console:undo'),
          run: () =>
            void put(pathOf(one.address), { reason: one.reason }).then(freshen, (error) =>
              say(reasonOf(error), { tone: 'broken' }),
            ),
        },
      })
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    }
    await freshen()
  }
  return (
    <ListRow
      title={<bdi>{one.address}</bdi>}
      words={
        <>
          {one.reason && (
            <>
              <bdi>{one.reason}</bdi>
              {' · '}
            </>
          )}
          {one.by ? t('blocked.by', { name: one.by.name }) : t('blocked.bySystem')} <Time at={one.at} />
        </>
      }
      end={
        <>
          {one.address.startsWith('@') && <Badge>{t('blocked.domain')}</Badge>}
          <Button onClick={() => void unblock()}>{t('blocked.unblock')}</Button>
        </>
      }
    />
  )
}

function BlockDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['desk', 'settings', 'console'])
  const { value, set, unsaved } = useEdited({ address: '', reason: '' })
  const form = useSubmit(async () => {
    await put(pathOf(value.address.trim() || '-'), { reason: value.reason.trim() || null })
    await freshen()
    onClose()
  })
  return (
    <EditDialog
      title={t('blocked.add')}
      words={t('blocked.addWords')}
      form={form}
      onClose={onClose}
      save={t('blocked.act')}
      unsaved={unsaved}
    >
      <Field label={t('blocked.address')} hint={t('blocked.addressHint')} error={form.field('address')}>
        <Input value={value.address} onChange={(address) => set({ address })} autoComplete="off" />
      </Field>
      <Field
        label={t('blocked.reason')}
        optional={t('settings:optional')}
        hint={t('blocked.reasonHint')}
        error={form.field('reason')}
      >
        <Input value={value.reason} onChange={(reason) => set({ reason })} maxLength={500} />
      </Field>
    </EditDialog>
  )
}
