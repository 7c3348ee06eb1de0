import assert from 'node:assert/strict'
import { test } from 'node:test'
import { match, otherLayout, rank } from './match.ts'

const items = [
  'Assign',
  'Close and go on',
  'Go to unassigned',
  'Go to my teams',
  'Snooze',
  'Settings: Channels',
].map((words) => ({ id: words, words }))
const first = (typed: string, recent: string[] = []) => rank(typed, items, recent)[0]?.words

test('beginnings of words come before parts of them', () => {
  assert.equal(first('assi'), 'Assign')
  assert.equal(first('un'), 'Go to unassigned')
  assert.equal(first('cha'), 'Settings: Channels')
})
test('initials, letters in order and one slip are understood', () => {
  assert.equal(first('gtmt'), 'Go to my teams')
  assert.equal(first('clgo'), 'Close and go on')
  assert.equal(first('snoxze'), 'Snooze')
  assert.equal(first('snozoe'), 'Snooze')
  assert.equal(first('xyz'), undefined)
})
test('several words are found in any order', () => assert.equal(first('teams my'), 'Go to my teams'))
test('the wrong layout is understood both ways', () => {
  assert.equal(otherLayout('pfrhsnm'), 'закрыть')
  assert.equal(otherLayout('фыышпт'), 'assign')
  assert.equal(first('фыышпт'), 'Assign')
  assert.notEqual(match('yfpyfxbnm', 'Назначить'), null)
})
test('accents and ё do not matter', () => {
  assert.notEqual(match('еще', 'Ещё'), null)
  assert.notEqual(match('jose', 'José'), null)
})
test('of equals the one used lately comes first', () => {
  assert.equal(first('go to'), 'Go to my teams')
  assert.equal(first('go to', ['Go to unassigned']), 'Go to unassigned')
})
test('with nothing typed everything stands as it was given', () =>
  assert.equal(rank('', items).length, items.length))
