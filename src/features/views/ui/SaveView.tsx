import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { patch, post } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { Select } from '#console/kit/Select.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Sort } from '#features/conversations/conversations.contract.ts'
import { FilterFields } from '#features/conversations/ui/queue/FilterFields.tsx'
import { filtersOf } from '#features/conversations/ui/queue/filters.ts'
import { sorts } from '#features/conversations/ui/queue/order.ts'
import type { Filters } from '#features/conversations/ui/queue/search.ts'
import type { View } from '../views.contract.ts'
import { removeView } from './changeViews.ts'

interface Props {
  /** The view to change; without one a new view is made. */
  view?: View
  /** What a new one begins with. */
  begin?: { filters: Filters; sort: Sort }
  /** Stays on this page instead of going to the view. */
  stay?: boolean
  onClose: () => void
}

/** A view's name, whose it is, what it looks for and in which order. */
export function SaveView({ view, begin, stay, onClose }: Props) {
  const { t } = useTranslation('queue')
  const me = useMe()
  const navigate = useNavigate()
  const [name, setName] = useState(view?.name ?? '')
  const [scope, setScope] = useState<View['scope']>(view?.scope ?? 'me')
  const [team, setTeam] = useState(view?.team ?? me.teams[0]?.id ?? null)
  const [filters, setFilters] = useState<Filters>(filtersOf(view?.filters ?? begin?.filters ?? {}))
  const [sort, setSort] = useState<Sort>(view?.sort ?? begin?.sort ?? 'waiting')
  const body = { name, scope, team: scope === 'team' ? team : null, filters, sort }
  const save = useMutation({
    mutationFn: () => (view ? patch<View>(`/views/${view.id}`, body) : post<View>('/views', body)),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: keys.views })
      if (view) void queryClient.invalidateQueries({ queryKey: keys.lists })
      onClose()
      say(t('viewSaved', { name: saved.name }))
      if (!stay) void navigate({ to: '/views/$view', params: { view: saved.id } })
    },
    onError: (error) => {
      if (!(error instanceof ApiError && error.errors.length > 0)) say(reasonOf(error), { tone: 'broken' })
    },
  })
  const wrong = (field: string) => (save.error instanceof ApiError ? save.error.field(field) : null)
  const remove = async () => {
    onClose()
    if (!stay) await navigate({ to: '/views/$view', params: { view: 'mine' } })
    if (view) await removeView(view)
  }
  const scopes = (['me', 'team', 'all'] as const).filter(
    (each) =>
      each === view?.scope ||
      each === 'me' ||
      (each === 'team' && me.teams.length > 0) ||
      (each === 'all' && me.role === 'admin'),
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(view ? 'viewEdit' : stay ? 'viewAdd' : 'viewNew')}
      foot={
        <>
          {view && (
            <Button look="quiet" icon="trash" onClick={() => void remove()}>
              {t('console:delete')}
            </Button>
          )}
          <Button onClick={onClose}>{t('console:cancel')}</Button>
          <Button look="main" busy={save.isPending} onClick={() => save.mutate()}>
            {t('console:save')}
          </Button>
        </>
      }
    >
      <Form onSubmit={() => save.mutate()}>
        <Field label={t('viewName')} error={wrong('name')}>
          <Input value={name} onChange={setName} maxLength={100} required />
        </Field>
        <Field label={t('viewFor')} error={wrong('scope')}>
          <Select
            value={scope}
            onChange={setScope}
            options={scopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
          />
        </Field>
        {scope === 'team' && me.teams.length > 1 && (
          <Field label={t('field.team')} error={wrong('team')}>
            <Select
              value={team}
              onChange={setTeam}
              options={me.teams.map(({ id, name: label }) => ({ value: id, label }))}
            />
          </Field>
        )}
        <Field label={t('viewOrder')}>
          <Select
            value={sort}
            onChange={setSort}
            options={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
          />
        </Field>
        <FilterFields filters={filters} onChange={(part) => setFilters(filtersOf({ ...filters, ...part }))} />
      </Form>
    </Dialog>
  )
}
