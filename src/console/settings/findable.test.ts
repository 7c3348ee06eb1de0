import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { findings, findSettings } from './findable.ts'
import { settingsPages } from './pages.ts'

const read = (language: string, name: string) =>
  JSON.parse(readFileSync(new URL(`../../shared/texts/${language}/${name}.json`, import.meta.url), 'utf8'))
const textsOf = (language: string) =>
  Object.fromEntries(['console', 'settings', 'desk'].map((name) => [name, read(language, name)]))
const pages = settingsPages.map(({ id }) => id)
const all = findings(pages, [textsOf('en'), textsOf('ru')])
const found = (typed: string) => findSettings(typed, all)[0]?.page

test('a setting is found by its words in either language, whichever one reads', () => {
  assert.equal(found('signature'), 'profile')
  assert.equal(found('app password') ?? found('password'), 'profile')
  assert.equal(found('imap'), 'channels')
  assert.equal(found('IMAP'), 'channels')
  assert.equal(found('пригласить'), 'agents')
  assert.equal(found('метки'), 'tags')
  assert.equal(found('язык'), 'profile')
  assert.equal(found('#%#%#%'), undefined)
})

test('every page is found by its name, and every text named exists in both languages', () => {
  for (const page of pages) {
    const { words } = all.find((each) => each.page === page)!
    assert.ok(
      findSettings(words, all).some((each) => each.page === page),
      page,
    )
  }
  const keys = new Set(all.map(({ key }) => key))
  for (const key of keys) assert.equal(all.filter((each) => each.key === key).length, 2, key)
})

test('only pages the reader may open answer', () => {
  const own = findings(['profile'], [textsOf('en')])
  assert.deepEqual(findSettings('imap', own), [])
})
