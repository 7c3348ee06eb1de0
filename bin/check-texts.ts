// Every text exists in every language, with that language's plural forms, and is not the English one left standing.
// A text that is rightly the same in both is listed in src/shared/texts/same.json.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

const plural = /_(zero|one|two|few|many|other)$/
function flatten(value: unknown, path: string, into: Map<string, string>) {
  if (typeof value === 'string') into.set(path, value)
  else
    for (const [key, inner] of Object.entries(value as object))
      flatten(inner, path ? `${path}.${key}` : key, into)
  return into
}
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1]))].sort().join(' ')

export function checkTexts(root: string): string | undefined {
  const folder = `${root}src/shared/texts`
  const samePath = `${folder}/same.json`
  const same = new Set<string>(existsSync(samePath) ? JSON.parse(readFileSync(samePath, 'utf8')) : [])
  const wrong: string[] = []
  for (const file of readdirSync(`${folder}/en`)) {
    const english = flatten(JSON.parse(readFileSync(`${folder}/en/${file}`, 'utf8')), '', new Map())
    for (const language of readdirSync(folder).filter((name) => name !== 'en' && !name.includes('.'))) {
      const path = `${folder}/${language}/${file}`
      if (!existsSync(path)) {
        wrong.push(`${language}/${file} is missing`)
        continue
      }
      compare(
        english,
        flatten(JSON.parse(readFileSync(path, 'utf8')), '', new Map()),
        language,
        file.replace('.json', ''),
        same,
        wrong,
      )
    }
  }
  return wrong.length > 0 ? wrong.join('\n') : undefined
}

function compare(
  english: Map<string, string>,
  other: Map<string, string>,
  language: string,
  namespace: string,
  same: Set<string>,
  wrong: string[],
) {
  const base = (keys: Iterable<string>) => new Set([...keys].map((key) => key.replace(plural, '#')))
  const say = (key: string, what: string) => wrong.push(`${language}/${namespace}:${key} ${what}`)
  const [ours, theirs] = [base(english.keys()), base(other.keys())]
  for (const key of ours) if (!theirs.has(key)) say(key, 'is missing')
  for (const key of theirs) if (!ours.has(key)) say(key, 'does not exist in English')
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  for (const key of theirs) {
    if (!key.endsWith('#')) continue
    for (const form of forms)
      if (!other.has(key.replace('#', `_${form}`))) say(key, `lacks the plural form ${form}`)
  }
  for (const [key, text] of other) {
    const model = english.get(key) ?? english.get(key.replace(plural, '_other'))
    if (model === undefined) continue
    if (
      text === model &&
      /\p{L}{2}/u.test(text.replaceAll(/\{\{.*?\}\}/g, '')) &&
      !same.has(`${namespace}:${key}`)
    )
      say(key, 'equals the English text')
    if (placeholders(text) !== placeholders(model) && !plural.test(key))
      say(key, 'has other placeholders than the English text')
  }
}
