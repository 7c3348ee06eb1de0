import type { View } from '../views.contract.ts'

/** By a view's id its team's name, where another view that is shown has the same name. */
export function tellApart(
  views: readonly Pick<View, 'id' | 'name' | 'scope' | 'team'>[],
  teams: readonly { id: string; name: string }[],
): Map<string, string> {
  const plain = ({ name }: { name: string }) => name.trim().toLowerCase()
  const told = new Map<string, string>()
  for (const view of views) {
    const team = teams.find(({ id }) => view.scope === 'team' && id === view.team)
    const twin = views.some((each) => each.id !== view.id && plain(each) === plain(view))
    if (team && twin) told.set(view.id, team.name)
  }
  return told
}
