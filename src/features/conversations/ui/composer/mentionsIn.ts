/** Ids of the people named with @ in the text. The longest name wins: @Ann Lee is not also @Ann. */
export function mentionsIn(text: string, people: readonly { id: string; name: string }[]): string[] {
  const found = new Set<string>()
  let rest = text.toLowerCase()
  for (const person of people.toSorted((a, b) => b.name.length - a.name.length)) {
    const mention = `@${person.name.toLowerCase()}`
    if (!rest.includes(mention)) continue
    found.add(person.id)
    rest = rest.replaceAll(mention, '')
  }
  return [...found]
}
