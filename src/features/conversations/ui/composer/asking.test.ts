import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedFor } from '#console/writing/offers.ts'
import { asksIn } from './asking.ts'

const teams = [
  { id: '1', name: 'Accounting' },
  { id: '2', name: 'Accounting Berlin' },
]
const names = (text: string) => asksIn(text, teams).map(({ name }) => name)

test('teams and addresses after @ are asked, each once; an address in the words is none', () => {
  assert.deepEqual(names('@Accounting was it paid? @vera@accounts.example'), [
    'Accounting',
    'vera@accounts.example',
  ])
  assert.deepEqual(names('@Accounting Berlin, please'), ['Accounting Berlin'])
  assert.deepEqual(names('She wrote from vera@accounts.example'), [])
  assert.deepEqual(names('(@a.b+c@x.example.) and again @A.B+c@x.example!'), ['a.b+c@x.example'])
  assert.deepEqual(names('Ask @Olga'), [])
})

test('an address is offered while it is typed after @', () => {
  assert.deepEqual(askedFor('see @vera@acc', '@'), { sign: '@', typed: 'vera@acc', length: 9 })
  assert.deepEqual(askedFor('see @ver', '@'), { sign: '@', typed: 'ver', length: 4 })
  assert.equal(askedFor('vera@acc', '@'), null)
})
