import { readFileSync } from 'node:fs'

export type Language = 'en' | 'ru'
const folder = new URL('../../src/shared/texts/', import.meta.url)
const read = new Map<string, Record<string, string>>()

/** What the console says, so that a screen is found by its words in either language: `say('ru', 'console:more')`. */
export function say(language: Language, name: string): string {
  const [namespace, key] = name.split(':') as [string, string]
  const path = `${language}/${namespace}.json`
  if (!read.has(path)) read.set(path, JSON.parse(readFileSync(new URL(path, folder), 'utf8')))
  const text = read.get(path)?.[key]
  if (text === undefined) throw new Error(`${path} has no ${key}`)
  return text
}

/** The same, whatever stands for its variables. */
export function sayAny(language: Language, name: string): RegExp {
  const parts = say(language, name).split(/\{\{[^}]+\}\}/)
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`)
}
