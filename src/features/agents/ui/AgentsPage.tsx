import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery, teamsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { keys } from '#console/api/query.ts'
import { del, get, patch, post, put } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Button } from '#console/kit/Button.tsx'
import { Checkbox } from '#console/kit/Checkbox.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { Select } from '#console/kit/Select.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { say } from '#console/kit/Toast.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import { EditDialog } from '#console/settings/EditDialog.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import { useNewAsked } from '#console/settings/useNewAsked.ts'
import { useEdited } from '#console/settings/useUnsaved.tsx'
import type { Agent, Role } from '../agents.contract.ts'
import { AwayFields } from './AwayFields.tsx'
import { absenceOf, awayState, awayWords, daysOf } from './away.ts'
import { addressLines, FurtherAddresses } from './FurtherAddresses.tsx'
import { RemoveAgent } from './RemoveAgent.tsx'

export function AgentsPage() {
  // Those of its dialogs too: the page that is there does not go away, and the focus with it, for a text.
  const { t } = useTranslation(['settings', 'addresses', 'desk'])
  const query = useQuery(agentsQuery)
  const asked = useNewAsked()
  const [open, setOpen] = useState<Agent | 'new' | null>(asked ? 'new' : null)
  const shown = { ...query, data: query.data?.filter((agent) => agent.state !== 'removed') } as typeof query
  return (
    <Page
      title={t('agents.title')}
      words={t('agents.words')}
      acts={
        <Button look="main" icon="plus" onClick={() => setOpen('new')}>
          {t('agents.invite')}
        </Button>
      }
    >
      <Listed query={shown} empty={<EmptyState title={t('agents.empty')} />}>
        {(agents) => (
          <List label={t('agents.title')}>
            {agents.map((agent) => (
              <ListRow
                key={agent.id}
                lead={<Avatar name={agent.name} />}
                title={agent.name}
                words={[agent.address, ...agent.teams.map((team) => team.name)].join(' · ')}
                onClick={() => setOpen(agent)}
                end={
                  <>
                    {agent.state === 'invited' && <Badge tone="warm">{t('agents.invited')}</Badge>}
                    {awayWords(agent) && <Badge tone="warm">{awayWords(agent)}</Badge>}
                    {agent.role === 'admin' && <Badge>{t('role.admin')}</Badge>}
                  </>
                }
              />
            ))}
          </List>
        )}
      </Listed>
      {open && <AgentDialog agent={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

const addressHints = {
  new: 'agents.addressHint',
  invited: 'addresses:invitedHint',
  active: 'addresses:signInHint',
  removed: 'addresses:signInHint',
} as const

function AgentDialog({ agent, onClose }: { agent: Agent | null; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'addresses', 'desk'])
  const me = useMe()
  const client = useQueryClient()
  const teams = useQuery(teamsQuery)
  const draft = useEdited(() => ({
    name: agent?.name ?? '',
    address: agent?.address ?? '',
    further: agent?.furtherAddresses.join('\n') ?? '',
    role: (agent?.role ?? 'agent') as Role,
    rights: agent?.rights ?? [],
    mine: (agent ? agent.teams : me.teams.length === 1 ? me.teams : []).map((team) => team.id),
    away: {
      on: agent !== null && awayState(agent, Date.now()) !== 'here',
      ...(agent ? daysOf(agent) : { from: '', until: '' }),
    },
  }))
  const { name, address, further, role, rights, mine, away } = draft.value
  const [first] = useState(draft.value.away)
  const setName = (next: string) => draft.set({ name: next })
  const setAddress = (next: string) => draft.set({ address: next })
  const setFurther = (next: string) => draft.set({ further: next })
  const setRole = (next: Role) => draft.set({ role: next })
  const setMine = (next: string[]) => draft.set({ mine: next })
  const setAway = (next: typeof away) => draft.set({ away: next })
  const [removing, setRemoving] = useState(false)
  const refresh = () =>
    Promise.all([keys.agents, keys.teams].map((queryKey) => client.invalidateQueries({ queryKey })))
  const navigate = useNavigate()
  /** Without a server of its own the desk keeps the mail: whoever invites passes its link on. */
  const sayInvited = async (to: string) => {
    const { smtp } = await get<{ smtp: unknown }>('/system-sender')
    if (smtp) say(t('agents.invitationSent', { address: to }))
    else
      say(t('agents.invitationWaits', { address: to }), {
        act: { label: t('agents.openOutbox'), run: () => void navigate({ to: '/outbox' }) },
      })
  }
  const form = useSubmit(async () => {
    if (agent) {
      if (address.trim().toLowerCase() !== agent.address)
        await put(`/agents/${agent.id}/address`, { address })
      const furtherAddresses = addressLines(further)
      await patch(`/agents/${agent.id}`, { name, role, rights, teams: mine, furtherAddresses })
      if (JSON.stringify(away) !== JSON.stringify(first))
        await (away.on
          ? put(`/agents/${agent.id}/absence`, absenceOf(away))
          : del(`/agents/${agent.id}/absence`))
    } else await post('/agents', { name, address, role, teams: mine })
    await refresh()
    onClose()
    if (!agent) await sayInvited(address)
  })
  const again = async () => {
    await post(`/agents/${agent?.id}/invitation`, {})
    await sayInvited(agent?.address ?? '')
  }
  return (
    <EditDialog
      title={agent ? agent.name : t('agents.invite')}
      words={agent ? agent.address : t('agents.inviteWords')}
      form={form}
      onClose={onClose}
      save={agent ? t('save') : t('agents.send')}
      unsaved={draft.unsaved}
      extra={
        agent &&
        agent.id !== me.id && (
          <Button look="remove" onClick={() => setRemoving(true)}>
            {t(agent.state === 'invited' ? 'desk:agents.withdraw' : 'remove')}
          </Button>
        )
      }
    >
      <Field label={t('name')} error={form.field('name')}>
        <Input value={name} onChange={setName} autoComplete="off" />
      </Field>
      <Field
        label={agent ? t('addresses:signIn') : t('address')}
        hint={t(addressHints[agent?.state ?? 'new'])}
        error={form.field('address')}
      >
        <Input type="email" value={address} onChange={setAddress} autoComplete="off" />
      </Field>
      {agent && <FurtherAddresses value={further} onChange={setFurther} error={form.field} />}
      <Field label={t('agents.role')} hint={t(`role.${role}Hint`)} error={form.field('role')}>
        <Select
          value={role}
          onChange={setRole}
          options={[
            { value: 'agent', label: t('role.agent') },
            { value: 'admin', label: t('role.admin') },
          ]}
        />
      </Field>
      {agent && role === 'admin' && <p className={dialogStyles.hint}>{t('role.rightsAdmin')}</p>}
      {agent && role === 'agent' && (
        <fieldset className={dialogStyles.choices}>
          <legend className={dialogStyles.legend}>{t('role.rights')}</legend>
          {(['source', 'sealed'] as const).map((right) => (
            <Checkbox
              key={right}
              label={t(`role.rightOf.${right}`)}
              checked={rights.includes(right)}
              onChange={(on) =>
                draft.set({ rights: on ? [...rights, right] : rights.filter((one) => one !== right) })
              }
            />
          ))}
        </fieldset>
      )}
      <fieldset className={dialogStyles.choices}>
        <legend className={dialogStyles.legend}>{t('teams.title')}</legend>
        {teams.data?.map((team) => (
          <Checkbox
            key={team.id}
            label={team.name}
            checked={mine.includes(team.id)}
            onChange={(on) => setMine(on ? [...mine, team.id] : mine.filter((id) => id !== team.id))}
          />
        ))}
        {!agent && mine.length === 0 && <p className={dialogStyles.hint}>{t('agents.noTeam')}</p>}
      </fieldset>
      {agent?.state === 'invited' && (
        <Button icon="outbox" onClick={() => void again()}>
          {t('agents.inviteAgain')}
        </Button>
      )}
      {agent && agent.state === 'active' && <AwayFields value={away} onChange={setAway} error={form.field} />}
      {agent && removing && (
        <RemoveAgent
          agent={agent}
          onClose={() => setRemoving(false)}
          onDone={async () => {
            await refresh()
            onClose()
          }}
        />
      )}
    </EditDialog>
  )
}
