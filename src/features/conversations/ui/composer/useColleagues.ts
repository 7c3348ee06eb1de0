import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery, inboxesQuery, partnersQuery, teamsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { fuzzy } from '#console/writing/fuzzy.ts'
import { awayWords } from '#features/agents/ui/away.ts'
import type { Team } from '#features/teams/teams.contract.ts'
import { mailAddress } from '#shared/address/address.ts'
import type { Conversation } from '../../conversations.contract.ts'
import { whoSeesInbox } from './whoSeesInbox.ts'

const none: Team[] = []

/** Who can be called with @, and who of them does not see this inbox. */
export function useColleagues(conversation: Conversation | undefined) {
  const { t } = useTranslation(['composer', 'asked'])
  const me = useMe()
  const inbox = conversation?.inbox.id
  const assignee = conversation?.assignee?.id
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const { data: teams = none } = useQuery(teamsQuery)
  const { data: partners = [] } = useQuery(partnersQuery)
  return useMemo(() => {
    const colleagues = agents.filter((agent) => agent.state === 'active' && agent.id !== me.id)
    const able = whoSeesInbox(inboxes.find((each) => each.id === inbox)?.teams ?? null, teams)
    const sees = (agent: string) => able === null || able.has(agent) || agent === assignee
    const colleaguesFor = (typed: string) =>
      fuzzy(colleagues, typed, (agent) => [agent.name, agent.address ?? ''])
        .slice(0, 8)
        .map((agent) => ({
          id: agent.id,
          label: agent.name,
          hint:
            [awayWords(agent), sees(agent.id) ? '' : t('seesNotInbox')].filter(Boolean).join(' · ') ||
            undefined,
          insert: { text: `@${agent.name} `, html: null },
        }))
    const byMail = (id: string, label: string, name: string) => ({
      id,
      label,
      hint: t('asked:askedByMail'),
      insert: { text: `@${name} `, html: null },
    })
    const offer = (typed: string) => {
      const known = partners.filter(({ address }) => !colleagues.some((agent) => agent.address === address))
      const found = [
        ...colleaguesFor(typed).slice(0, 5),
        ...fuzzy(teams, typed, (team) => [team.name])
          .slice(0, 3)
          .map((team) => byMail(`team ${team.id}`, team.name, team.name)),
        ...fuzzy(known, typed, (partner) => [partner.name ?? '', partner.address])
          .slice(0, 3)
          .map(({ id, name, address }) => byMail(`partner ${id}`, name ?? address, address)),
      ]
      const address = mailAddress(typed)
      const isKnown = known.some((partner) => partner.address === address)
      return address && !isKnown
        ? [...found, byMail(`address ${address}`, t('asked:askAddress', { address }), address)]
        : found
    }
    return { colleagues, teams, sees, offer }
  }, [agents, inboxes, teams, partners, inbox, assignee, me.id, t])
}
