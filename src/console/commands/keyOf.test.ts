import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caps, isCharacter, keyOf, type Pressed } from './keyOf.ts'

const press = (key: string, code: string, more: Partial<Pressed> = {}) =>
  keyOf({ key, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more })

test('letters are the same under a Russian, a Greek and a Latin layout', () => {
  assert.equal(press('j', 'KeyJ'), 'j')
  assert.equal(press('о', 'KeyJ'), 'j')
  assert.equal(press('ξ', 'KeyJ'), 'j')
  assert.equal(press('О', 'KeyJ', { shiftKey: true }), 'Shift+j')
})
test('a Latin layout with its letters elsewhere is taken at its word', () => {
  assert.equal(press('a', 'KeyQ'), 'a')
  assert.equal(press('ö', 'Semicolon'), 'ö')
})
test('caps lock changes nothing', () => assert.equal(press('J', 'KeyJ'), 'j'))
test('the slash and the question mark are found on the Russian layout, where they stand and where they would', () => {
  assert.equal(press('?', 'Digit7', { shiftKey: true }), '?')
  assert.equal(press('/', 'Backslash', { shiftKey: true }), '/')
  assert.equal(press('.', 'Slash'), '/')
  assert.equal(press(',', 'Slash', { shiftKey: true }), '?')
})
test('chords are told with their modifiers; a modifier alone is nothing', () => {
  assert.equal(press('k', 'KeyK', { ctrlKey: true }), 'Mod+k')
  assert.equal(press('л', 'KeyK', { metaKey: true }), 'Mod+k')
  assert.equal(press('K', 'KeyK', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+k')
  assert.equal(press('ArrowDown', 'ArrowDown', { shiftKey: true }), 'Shift+ArrowDown')
  assert.equal(press('Shift', 'ShiftLeft', { shiftKey: true }), null)
  assert.equal(press('å', 'KeyA', { altKey: true }), null)
})
test('what may be switched off is what types a character', () => {
  assert.deepEqual(
    ['j', '?', 'g m', 'Shift+x', 'Mod+k', 'ArrowDown', 'Enter', 'Shift+ArrowDown'].map(isCharacter),
    [true, true, true, true, false, false, false, false],
  )
})
test('keys are shown as they stand on the keyboard', () => {
  assert.deepEqual(caps('Mod+k', false), ['Ctrl', 'K'])
  assert.deepEqual(caps('Mod+k', true), ['⌘', 'K'])
  assert.deepEqual(caps('g m'), ['g', 'm'])
  assert.deepEqual(caps('ArrowDown'), ['↓'])
})
