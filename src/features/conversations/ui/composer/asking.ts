// Whom a comment asks by mail: teams and addresses named in it with @.
import type { ConsultTo } from '#features/consults/consults.contract.ts'
import { mentionsIn } from './mentionsIn.ts'

export interface Asked {
  to: ConsultTo
  name: string
}

const addresses = /(?:^|[\s(,;])@([^\s@/<>()[\],;:"]+@[^\s@/<>()[\],;:"]+\.[^\s@/<>()[\],;:".!?]+)/gu

export function asksIn(text: string, teams: readonly { id: string; name: string }[]): Asked[] {
  const named = [...new Set([...text.matchAll(addresses)].map((match) => match[1]!.toLowerCase()))]
  const rest = text.replace(addresses, ' ')
  const asked = mentionsIn(rest, teams)
  return [
    ...teams
      .filter(({ id }) => asked.includes(id))
      .map(({ id, name }) => ({ to: { kind: 'team' as const, id }, name })),
    ...named.map((address) => ({ to: address, name: address })),
  ]
}
