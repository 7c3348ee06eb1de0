import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callBody, emptyCall, isStarted, readMinutes, secondsOf } from './call.ts'

const began = { ...emptyCall, beganAt: 1_000_000 }
const told = { inbox: '1', me: '7', address: null, close: false, now: 1_000_000 + 90_000 }

test('the clock counts until somebody says otherwise, and not for a form forgotten over night', () => {
  assert.equal(secondsOf(began, told.now), 90)
  assert.equal(secondsOf({ ...began, minutes: '12' }, told.now), 720)
  assert.equal(secondsOf(began, told.now + 36_000_000), 7200)
  assert.deepEqual(['4 min', '', '12'].map(readMinutes), ['4', null, '12'])
})
test('a call says who, whose it is and what becomes of it', () => {
  const call = {
    ...began,
    customer: { id: null, typed: 'Kim, +44 20 7946 0958' },
    subject: ' Kettle ',
    text: 'It leaks.',
    topic: ' ',
    tags: ['kettle'],
  }
  assert.deepEqual(callBody(call, { ...told, close: true }), {
    inbox: '1',
    customer: { name: 'Kim', phone: '+44 20 7946 0958' },
    subject: 'Kettle',
    message: { text: 'It leaks.' },
    direction: 'in',
    medium: 'phone',
    assignee: '7',
    tags: ['kettle'],
    call: { seconds: 90 },
    then: { status: 'solved' },
  })
  assert.equal('assignee' in callBody({ ...call, assignee: '-' }, told), false)
})
test('a summary goes to the address given, beside the number', () => {
  const call = {
    ...began,
    customer: { id: '3', typed: 'Kim' },
    summarise: true,
    summary: ' We will call back. ',
  }
  const body = callBody(call, { ...told, address: 'kim@example.org' })
  assert.deepEqual(body.customer, { id: '3', address: 'kim@example.org' })
  assert.deepEqual(body.call?.summary, { text: 'We will call back.' })
})
test('an untouched form is nothing to go on with', () => {
  assert.equal(isStarted(began), false)
  assert.equal(isStarted({ ...began, text: 'So' }), true)
})
