import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import i18next from 'i18next'
import { eventWords, type ToldEvent } from './event-words.ts'

const texts = (language: string, namespace: string) =>
  JSON.parse(readFileSync(new URL(`../texts/${language}/${namespace}.json`, import.meta.url), 'utf8'))
const resources = Object.fromEntries(
  ['en', 'ru'].map((language) => [
    language,
    { console: texts(language, 'console'), events: texts(language, 'events') },
  ]),
)
await i18next.init({ resources, lng: 'en', defaultNS: 'console', interpolation: { escapeValue: false } })
const event = (kind: string, after: object, before: object = {}) =>
  ({ kind, after, before, author: { kind: 'agent', id: '1', name: 'Olga' } }) as unknown as ToldEvent
const words = (...given: Parameters<typeof event>) =>
  eventWords(event(...given), { t: (key, params) => i18next.t(key, { ...params }), time: String })

test('an event is told in one sentence with the values it is about', () => {
  assert.match(words('assigned', { assignee: { id: '2', name: 'Boris' } }), /Olga.*Boris/)
  assert.equal(words('assigned', { assignee: { id: '1', name: 'Olga' } }), 'Olga took it')
  assert.match(words('priority_changed', { priority: 'high' }, { priority: 'low' }), /Low.*High/)
  assert.match(words('tagged', { tags: ['a', 'b'], changed: ['b'] }), /Olga.*\bb$/)
  assert.match(words('status_changed', { status: { category: 'pending', name: 'pending' } }), /Pending/)
  assert.match(words('status_changed', { status: { category: 'open', name: 'At the shop' } }), /At the shop/)
})
test('a kind nobody put into words is told by its name', () => {
  assert.equal(words('moon_landed', {}), 'Olga: moon landed')
})
