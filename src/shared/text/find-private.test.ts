import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPrivate } from './find-private.ts'

const cards = [
  'My card is 4111 1111 1111 1111, exp 12/27',
  'Карта 5555-5555-5555-4444',
  '4242424242424242',
  'amex 3782 822463 10005 please',
  'Мир 2200 0000 0000 0004',
  '4111\u00A01111\u00A01111\u00A01111',
]
const none = [
  'Order number 4111111111111111',
  'Заказ № 4111 1111 1111 1111',
  'My card is 4111 1111 1111 1112',
  'Call +7 916 123 45 67 or 8 (800) 555-35-35',
  '0000 0000 0000 0000',
  'Track 9400111899223197428490 today',
  'IMEI 490154203237518',
  '20260302090000000 is a time',
  'ab4111111111111111cd',
  '2026-03-02 09:00:00 1234 5678 9012 3456',
]
test('card numbers are seen as people write them; orders, phones and other long numbers are not', () => {
  for (const text of cards) assert.deepEqual(findPrivate(text, []), ['card'], text)
  for (const text of none) assert.deepEqual(findPrivate(text, []), [], text)
})

test('passports are seen by their file’s name and their machine-readable zone', () => {
  for (const name of ['passport.jpg', 'Скан паспорта.pdf', 'my_Passport_2.PNG', 'ID card.jpeg', 'снилс.jpg'])
    assert.deepEqual(findPrivate('', [name]), ['passport'], name)
  for (const name of ['passport rules', 'invoice.pdf', 'passportless.png', 'photo.jpg'])
    assert.deepEqual(findPrivate('', [name]), [], name)
  const zone = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10'
  assert.deepEqual(findPrivate(zone, []), ['passport'])
  assert.deepEqual(findPrivate(zone.replace('7408122', '7408123'), []), [])
})
