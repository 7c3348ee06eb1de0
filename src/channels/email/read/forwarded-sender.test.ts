import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forwardedSender } from './forwarded-sender.ts'
import { read } from './read.ts'

const sender = async (subject: string, text: string): Promise<string | null> => {
  const found = forwardedSender(
    await read(
      new Uint8Array(Buffer.from(`Subject: ${subject}\nContent-Type: text/plain; charset=utf-8\n\n${text}`)),
    ),
  )
  return found && `${found.name} <${found.address}>`
}

for (const [program, subject, text] of [
  [
    'Gmail',
    'Fwd: x',
    'See\n\n---------- Forwarded message ---------\nFrom: Anna K. <anna@customer.example>\nDate: Mon, Mar 2, 2026\nSubject: x\nTo: <me@shop.example>\n\nHello',
  ],
  [
    'Gmail ru',
    'Fwd: x',
    '---------- Forwarded message ---------\nОт: Anna K. <anna@customer.example>\nDate: пн, 2 мар. 2026 г.\nSubject: x\nTo: <me@shop.example>',
  ],
  [
    'Outlook',
    'FW: x',
    'Please look\n\nFrom: Anna K. [mailto:anna@customer.example]\nSent: Monday\nTo: me\nSubject: x\n\nHello',
  ],
  [
    'Outlook ru',
    'Пересл: x',
    'Посмотрите\n\nОт: Anna K. <anna@customer.example>\nОтправлено: понедельник\nКому: я\nТема: x',
  ],
  [
    'Apple Mail',
    'Fwd: x',
    'Begin forwarded message:\n\n> From: "Anna K." <anna@customer.example>\n> Subject: x\n> Date: 2 March 2026',
  ],
  [
    'Thunderbird',
    'Fwd: x',
    '-------- Forwarded Message --------\nSubject: \tx\nDate: \tMon\nFrom: \tAnna K. <anna@customer.example>\nTo: \tme',
  ],
  [
    'Yandex',
    'Fwd: x',
    '-------- Пересылаемое сообщение --------\n02.03.2026, 10:11, "Anna K." <anna@customer.example>:\n\nHello',
  ],
  [
    'Mail.ru',
    'Fwd: x',
    '-------- Пересылаемое сообщение --------\nОт кого: Anna K. <anna@customer.example>\nКому: me',
  ],
] as const)
  test(`the sender of a mail that ${program} forwarded is found`, async () => {
    assert.equal(await sender(subject, text), 'Anna K. <anna@customer.example>')
  })

test('an enclosed mail names its sender', async () => {
  const raw =
    'Subject: Fwd: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee\n--b\nContent-Type: message/rfc822\n\nFrom: =?utf-8?B?0JDQvdC90LA=?= <anna@customer.example>\nSubject: x\n\nHello\n--b--'
  const found = forwardedSender(await read(new Uint8Array(Buffer.from(raw))))
  assert.deepEqual([found?.name, found?.address], ['Анна', 'anna@customer.example'])
})

test('an answer forwards nobody', async () => {
  assert.equal(
    await sender('Re: x', 'Hi\n\nFrom: Anna <anna@customer.example>\nSent: Monday\nTo: me\nSubject: x'),
    null,
  )
  assert.equal(await sender('x', 'Hello'), null)
})
