import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery, inboxesQuery, teamsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { fuzzy } from '#console/writing/fuzzy.ts'
import { awayWords } from '#features/agents/ui/away.ts'
import type { Conversation } from '../../conversations.contract.ts'
import { whoSeesInbox } from './whoSeesInbox.ts'

/** Who can be called with @, and who of them does not see this inbox. */
export function useColleagues(conversation: Conversation | undefined) {
  const { t } = useTranslation('composer')
  const me = useMe()
  const inbox = conversation?.inbox.id
  const assignee = conversation?.assignee?.id
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  return useMemo(() => {
    const colleagues = agents.filter((agent) => agent.state === 'active' && agent.id !== me.id)
    const able = whoSeesInbox(inboxes.find((each) => each.id === inbox)?.teams ?? null, teams)
    const sees = (agent: string) => able === null || able.has(agent) || agent === assignee
    const offer = (typed: string) =>
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
    return { colleagues, sees, offer }
  }, [agents, inboxes, teams, inbox, assignee, me.id, t])
}
