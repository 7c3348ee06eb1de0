import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customerOf } from './customerOf.ts'

test('a new customer is understood as written', () => {
  assert.deepEqual(customerOf({ id: null, typed: 'Kim Ann <kim@example.org>' }), {
    name: 'Kim Ann',
    address: 'kim@example.org',
  })
  assert.deepEqual(customerOf({ id: null, typed: ' kim@example.org ' }), { address: 'kim@example.org' })
  assert.deepEqual(customerOf({ id: null, typed: 'Иван, +7 (912) 345-67-89' }), {
    name: 'Иван',
    phone: '+7 (912) 345-67-89',
  })
  assert.deepEqual(customerOf({ id: null, typed: 'Kim' }), { name: 'Kim' })
})
test('a known one is named by id alone', () => {
  assert.deepEqual(customerOf({ id: '7', typed: 'whatever' }), { id: '7' })
})
