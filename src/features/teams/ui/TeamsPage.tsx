import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery, teamsQuery } from '#console/api/directory.ts'
import { keys } from '#console/api/query.ts'
import { patch, post } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Button } from '#console/kit/Button.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { Select } from '#console/kit/Select.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import { EditDialog } from '#console/settings/EditDialog.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import { RemoveButton } from '#console/settings/RemoveButton.tsx'
import { useEdited } from '#console/settings/useUnsaved.tsx'
import type { Team } from '../teams.contract.ts'

export function TeamsPage() {
  const { t } = useTranslation('settings')
  const query = useQuery(teamsQuery)
  const [open, setOpen] = useState<Team | 'new' | null>(null)
  return (
    <Page
      title={t('teams.title')}
      words={t('teams.words')}
      acts={
        <Button look="main" icon="plus" onClick={() => setOpen('new')}>
          {t('teams.add')}
        </Button>
      }
    >
      <Listed query={query} empty={<EmptyState title={t('teams.empty')} />}>
        {(teams) => (
          <List label={t('teams.title')}>
            {teams.map((team) => (
              <ListRow
                key={team.id}
                lead={<Avatar name={team.name} team />}
                title={team.name}
                words={
                  team.members.length > 0
                    ? team.members.map((member) => member.name).join(', ')
                    : t('teams.nobody')
                }
                onClick={() => setOpen(team)}
              />
            ))}
          </List>
        )}
      </Listed>
      {open && <TeamDialog team={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

type Place = 'none' | 'member' | 'lead'

function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const agents = useQuery(agentsQuery)
  const { value, set, unsaved } = useEdited(() => ({
    name: team?.name ?? '',
    places: Object.fromEntries(
      team?.members.map((member) => [member.agent, member.lead ? 'lead' : 'member']) ?? [],
    ) as Record<string, Place>,
  }))
  const { name, places } = value
  const refresh = () =>
    Promise.all(
      [keys.agents, keys.teams, keys.views].map((queryKey) => client.invalidateQueries({ queryKey })),
    )
  const form = useSubmit(async () => {
    const members = Object.entries(places)
      .filter(([, place]) => place !== 'none')
      .map(([agent, place]) => ({ agent, lead: place === 'lead' }))
    if (team) await patch(`/teams/${team.id}`, { name, members })
    else await post('/teams', { name, members })
    await refresh()
    onClose()
  })
  return (
    <EditDialog
      title={team ? team.name : t('teams.add')}
      form={form}
      onClose={onClose}
      unsaved={unsaved}
      extra={
        team && (
          <RemoveButton
            path={`/teams/${team.id}`}
            title={t('teams.removeTitle', { name: team.name })}
            words={t('teams.removeWords')}
            onDone={async () => {
              await refresh()
              onClose()
            }}
          />
        )
      }
    >
      <Field label={t('nameOf')} error={form.field('name')}>
        <Input value={name} onChange={(next) => set({ name: next })} autoComplete="off" />
      </Field>
      <fieldset className={dialogStyles.choices}>
        <legend className={dialogStyles.legend}>{t('teams.members')}</legend>
        <List>
          {agents.data
            ?.filter((agent) => agent.state !== 'removed')
            .map((agent) => (
              <ListRow
                key={agent.id}
                lead={<Avatar name={agent.name} />}
                title={agent.name}
                end={
                  <Select
                    label={t('teams.placeOf', { name: agent.name })}
                    value={places[agent.id] ?? 'none'}
                    onChange={(place) => set({ places: { ...places, [agent.id]: place } })}
                    options={(['none', 'member', 'lead'] as const).map((value) => ({
                      value,
                      label: t(`teams.place.${value}`),
                    }))}
                  />
                }
              />
            ))}
        </List>
      </fieldset>
    </EditDialog>
  )
}
