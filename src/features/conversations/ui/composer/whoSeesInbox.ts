/** Agents of the teams an inbox is kept for; null: everybody sees it. */
export function whoSeesInbox(
  teamsOfInbox: readonly string[] | null,
  teams: readonly { id: string; members: readonly { agent: string }[] }[],
): Set<string> | null {
  if (teamsOfInbox === null) return null
  return new Set(
    teams
      .filter((team) => teamsOfInbox.includes(team.id))
      .flatMap((team) => team.members.map(({ agent }) => agent)),
  )
}
