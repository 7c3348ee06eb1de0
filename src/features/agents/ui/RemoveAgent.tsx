import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery, teamsQuery } from '#console/api/directory.ts'
import { del, get } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Select } from '#console/kit/Select.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { Agent, Work } from '../agents.contract.ts'
import { awayWords } from './away.ts'

/** Removes an agent; what he has in his hands is named, and somebody takes it. */
export function RemoveAgent({
  agent,
  onClose,
  onDone,
}: {
  agent: Agent
  onClose: () => void
  onDone: () => Promise<unknown>
}) {
  const { t } = useTranslation(['desk', 'settings'])
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const { data: work } = useQuery({
    queryKey: ['agents', agent.id, 'work'],
    queryFn: ({ signal }) => get<Work>(`/agents/${agent.id}/work`, { signal }),
    staleTime: 0,
  })
  const [heir, setHeir] = useState('teams')
  const form = useSubmit(async () => {
    const [kind, id] = heir.split(':')
    await del(`/agents/${agent.id}`, { query: id ? { [kind!]: id } : {} })
    await onDone()
  })
  const invited = agent.state === 'invited'
  const held = work ? work.open + work.pending + work.snoozed : 0
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(invited ? 'desk:agents.withdrawTitle' : 'settings:agents.removeTitle', { name: agent.name })}
      words={t(invited ? 'desk:agents.withdrawWords' : 'desk:agents.removeWords')}
      foot={
        <>
          <Button onClick={onClose}>{t('settings:cancel')}</Button>
          <Button look="danger" busy={form.busy} disabled={!work} onClick={form.submit}>
            {t(invited ? 'desk:agents.withdraw' : 'settings:remove')}
          </Button>
        </>
      }
    >
      <div className={dialogStyles.form}>
        {form.words && (
          <p className={dialogStyles.problem} role="alert">
            {form.words}
          </p>
        )}
        {work && held > 0 && (
          <Field
            label={t('desk:agents.heir', { count: held })}
            hint={t('desk:agents.heirHint', {
              open: work.open,
              pending: work.pending,
              snoozed: work.snoozed,
            })}
            error={form.field('agent') ?? form.field('team')}
          >
            <Select
              value={heir}
              onChange={setHeir}
              options={[
                { value: 'teams', label: t('desk:agents.backToTeams') },
                ...teams.map((team) => ({
                  value: `team:${team.id}`,
                  label: t('desk:agents.toTeam', { name: team.name }),
                })),
                ...agents
                  .filter((each) => each.state === 'active' && each.id !== agent.id)
                  .map((each) => ({ value: `agent:${each.id}`, label: each.name, hint: awayWords(each) })),
              ]}
            />
          </Field>
        )}
        {work && held === 0 && !invited && <p>{t('desk:agents.holdsNothing')}</p>}
        {work && work.drafts > 0 && <p>{t('desk:agents.drafts', { count: work.drafts })}</p>}
        {work && work.scheduled > 0 && <p>{t('desk:agents.scheduled', { count: work.scheduled })}</p>}
      </div>
    </Dialog>
  )
}
