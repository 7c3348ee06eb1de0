import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillIn, firstNameOf } from './variables.ts'

test('a variable is filled in, else its fallback stands there, else it stays to be seen', () => {
  const text =
    'Hello {{customer.firstName|there}}, {{ agent }} of {{inbox.name | the shop}} about {{subject}}.'
  assert.equal(
    fillIn(text, { 'customer.firstName': 'Anna', 'agent.name': 'Olga', 'inbox.name': null, subject: '' }),
    'Hello Anna, Olga of the shop about {{subject}}.',
  )
  assert.equal(fillIn('{{customer.firstName|there}}', {}), 'there')
  assert.equal(fillIn('{{ moon }}', {}), '{{moon}}')
})

test('a first name is a name, not an address, a title or a surname before a comma', () => {
  const names = ['Anna Lee', 'Dr. Anna Lee', 'Lee, Anna', 'anna@example.com', null, 'Анна Ли']
  assert.deepEqual(names.map(firstNameOf), ['Anna', 'Anna', 'Anna', null, null, 'Анна'])
})
