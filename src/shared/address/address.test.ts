import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailAddress, needsUtf8 } from './address.ts'

for (const [given, kept] of [
  [' Anna.B@Example.COM ', 'anna.b@example.com'],
  ['Помощь@example.com', 'помощь@example.com'],
  ['josé@example.com', 'jos\u00e9@example.com'],
  ['jose\u0301@example.com', 'jos\u00e9@example.com'],
  [`${'я'.repeat(33)}@example.com`, null],
  ['a\u200bb@example.com', null],
  ['a\u202eb@example.com', null],
  ['а,б@example.com', null],
  ['help@пример.рф', 'help@xn--e1afmkfd.xn--p1ai'],
  ['help@Bücher.example', 'help@xn--bcher-kva.example'],
  ['o&m+x@example.com', 'o&m+x@example.com'],
  ['a@b', null],
  ['a@@example.com', null],
  ['.a@example.com', null],
  ['a..b@example.com', null],
  ['a b@example.com', null],
  ['a@exa mple.com', null],
  ['a@example.com/x', null],
  ['a@1.2.3.4', null],
  ['a@-x.com', null],
  [`${'a'.repeat(65)}@example.com`, null],
  ['Anna <a@example.com>', null],
  ['a@example.com\nBcc: b@example.com', null],
  ['', null],
  ['@example.com', null],
] as const)
  test(`${JSON.stringify(given)} is ${kept ? `kept as ${kept}` : 'no mail address'}`, () => {
    assert.equal(mailAddress(given), kept)
  })

test('letters beyond ASCII before the @ need a server for them, an international domain does not', () => {
  assert.deepEqual(['помощь@example.com', 'help@xn--e1afmkfd.xn--p1ai', 'help@пример.рф'].map(needsUtf8), [
    true,
    false,
    false,
  ])
})
