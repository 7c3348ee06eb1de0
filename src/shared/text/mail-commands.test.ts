import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mailCommands } from './mail-commands.ts'

const plain = { to: null, close: false, assign: null, status: null, wrong: [] }

test('words without a command are words', () => {
  assert.deepEqual(mailCommands('\nHe has paid.\n/reply is what I would do\n'), {
    ...plain,
    text: 'He has paid.\n/reply is what I would do',
  })
  assert.deepEqual(mailCommands('/usr/bin is full'), { ...plain, text: '/usr/bin is full' })
})
test('commands stand first, in either language, with what they need', () => {
  assert.deepEqual(mailCommands('/reply\n/close\n/assign Olga Brandt\n\nDear Anna,\nit left today.'), {
    ...plain,
    to: 'customer',
    close: true,
    assign: 'Olga Brandt',
    text: 'Dear Anna,\nit left today.',
  })
  assert.deepEqual(mailCommands(' /Ответ\r\n/статус ждём\r\nДобрый день'), {
    ...plain,
    to: 'customer',
    status: 'ждём',
    text: 'Добрый день',
  })
})
test('what looks like a command and is none is named, never sent as words', () => {
  assert.deepEqual(mailCommands('/replay\nHello').wrong, ['/replay'])
  assert.deepEqual(mailCommands('/assign\n/reply please\nHello').wrong, ['/assign', '/reply please'])
})
test('any text is taken, and nothing of its words is lost', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = mailCommands(text)
      assert.ok(text.replace(/\r\n?/g, '\n').includes(read.text))
    }),
  )
})
