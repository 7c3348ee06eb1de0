import assert from 'node:assert/strict'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import { classify } from './classify.ts'
import { forwardedSender } from './forwarded-sender.ts'
import { defaultLimits, LimitPassed, type ReadMail } from './mail.ts'
import { read } from './read.ts'

/** A raw mail of lines; strings in Latin-1, so that bytes can be written as they are. */
const mail = (...lines: string[]): Promise<ReadMail> =>
  read(new Uint8Array(Buffer.from(lines.join('\r\n'), 'latin1')))
const bytes = (text: string, charset: string): string => iconv.encode(text, charset).toString('latin1')
const base64 = (text: string, charset = 'utf-8'): string => iconv.encode(text, charset).toString('base64')

const russian = 'Здравствуйте, где мой заказ? Он должен был прийти ещё вчера.'
const japanese = 'お世話になっております。注文した商品がまだ届いていません。'
const chinese = '您好，我的订单还没有收到，请帮我查一下，谢谢。'
const traditional = '您好，我的訂單還沒有收到，請幫我查一下，謝謝。'
const korean = '안녕하세요, 주문한 상품이 아직 도착하지 않았습니다.'
const french = 'Où est ma commande ? Elle a été payée à Noël.'

for (const [declared, real, text] of [
  ['utf-8', 'utf-8', russian],
  ['windows-1251', 'windows-1251', russian],
  ['koi8-r', 'koi8-r', russian],
  ['koi8-r', 'windows-1251', russian],
  ['windows-1251', 'koi8-r', russian],
  ['iso-8859-1', 'windows-1251', russian],
  ['iso-8859-1', 'koi8-r', russian],
  ['us-ascii', 'utf-8', russian],
  ['windows-1251', 'utf-8', russian],
  ['x-nonsense', 'windows-1251', russian],
  ['', 'koi8-r', russian],
  ['', 'windows-1251', russian],
  ['shift_jis', 'shift_jis', japanese],
  ['', 'shift_jis', japanese],
  ['', 'euc-jp', japanese],
  ['gb2312', 'gb18030', chinese],
  ['gb18030', 'gb18030', chinese],
  ['', 'gb18030', chinese],
  ['big5', 'big5', traditional],
  ['', 'big5', traditional],
  ['ks_c_5601-1987', 'euc-kr', korean],
  ['', 'euc-kr', korean],
  ['iso-8859-1', 'windows-1252', french],
  ['', 'windows-1252', french],
  ['iso-8859-15', 'iso-8859-15', 'Prix : 20 €'],
  ['utf-7', 'utf-7', russian],
  ['cp437', 'cp437', 'Füße'],
] as const) {
  test(`text that says "${declared}" and is in ${real} is read`, async () => {
    const type = declared ? `text/plain; charset="${declared}"` : 'text/plain'
    const read = await mail(`Content-Type: ${type}`, 'Content-Transfer-Encoding: 8bit', '', bytes(text, real))
    assert.equal(read.text, text)
  })
}

test('UTF-8 with a damaged byte is still read as UTF-8', async () => {
  const cut = Buffer.from(russian).subarray(0, -2).toString('latin1')
  for (const type of ['text/plain; charset=utf-8', 'text/plain'])
    assert.match((await mail(`Content-Type: ${type}`, '', `${cut}\xff`)).text, /^Здравствуйте, где мой заказ/)
})

test('Japanese over several encoded words has no broken signs where they meet', async () => {
  const word = `=?ISO-2022-JP?B?${Buffer.from('\x1b$B%F%9%H\x1b(B', 'latin1').toString('base64')}?=`
  assert.equal((await mail(`Subject: Re: ${word}`, ` ${word}`, '', 'x')).subject, 'Re: テストテスト')
})

test('comments inside an address are no part of it', async () => {
  const { from } = await mail('From: Pete <pete(his account)@silly.test(his host)>', '', 'x')
  assert.deepEqual(
    from.map((one) => [one.name, one.address]),
    [['Pete', 'pete@silly.test']],
  )
})

test('ISO-2022-JP is read with and without a label', async () => {
  const raw = '\x1b$B$*@$OC$K$J$C$F$*$j$^$9\x1b(B'
  assert.equal(
    (await mail('Content-Type: text/plain; charset=iso-2022-jp', '', raw)).text,
    'お世話になっております',
  )
  assert.equal((await mail('', raw)).text, 'お世話になっております')
})

for (const [subject, want] of [
  ['=?utf-8?B?0J/RgNC40LLQtdGC?=', 'Привет'],
  ['=?UTF-8?Q?Who_are_you=3F?=', 'Who are you?'],
  ['=?utf-8?Q?Who are you??=', 'Who are you?'],
  [`=?koi8-r?B?${base64('Заказ', 'koi8-r')}?= =?koi8-r?B?${base64(' 12', 'koi8-r')}?=`, 'Заказ 12'],
  ['=?utf-8?B?0J8=?==?utf-8?B?0YDQuA==?=', 'При'],
  ['=?utf-8?Q?=D0?= =?utf-8?Q?=9F=D1=80?=', 'Пр'],
  ['=?utf-8?B?0J/RgNC40LLQtdGC', 'Привет'],
  ['Re: =?utf-8?b?0J/RgNC40LLQtdGC?= (2)', 'Re: Привет (2)'],
  ['=?iso-8859-1*fr?Q?No=EBl?=', 'Noël'],
  ['=?gb2312?B?xOO6ww==?=', '你好'],
  [`=?iso-8859-1?B?${base64('Привет', 'utf-8')}?=`, 'Привет'],
  ['=?', '=?'],
  ['a =?b c', 'a =?b c'],
] as const) {
  test(`the subject ${subject} is read as ${want}`, async () => {
    assert.equal((await mail(`Subject: ${subject}`, '', 'x')).subject, want)
  })
}

test('headers in bare 8-bit charsets are read by the charset of the body', async () => {
  const got = await mail(
    `Subject: ${bytes('Где заказ', 'koi8-r')}`,
    `From: ${bytes('Анна Петрова', 'koi8-r')} <anna@example.ru>`,
    'Content-Type: text/plain; charset=koi8-r',
    '',
    bytes(russian, 'koi8-r'),
  )
  assert.equal(got.subject, 'Где заказ')
  assert.equal(got.from[0]!.name, 'Анна Петрова')
})

test('addresses: groups, several senders, encoded commas, IDN and none at all', async () => {
  const got = await mail(
    'From: =?utf-8?Q?Doe,_John?= <John@Example.COM>, second@example.com',
    `To: Team: a@example.com, "B, C" <b@example.com>;, ${bytes('<анна@пример.рф>', 'utf-8')}`,
    'Cc: undisclosed-recipients:;',
    'Reply-To: "evil@a.example" <good@b.example>',
    'Delivered-To: support+c-abc@shop.example',
    'X-Original-To: support@shop.example',
    'Return-Path: <>',
    '',
    '',
  )
  assert.deepEqual(got.from, [
    { name: 'Doe, John', address: 'john@example.com', shown: 'john@example.com' },
    { name: '', address: 'second@example.com', shown: 'second@example.com' },
  ])
  assert.deepEqual(
    got.to.map((one) => [one.name, one.address, one.shown]),
    [
      ['', 'a@example.com', 'a@example.com'],
      ['B, C', 'b@example.com', 'b@example.com'],
      ['', 'анна@xn--e1afmkfd.xn--p1ai', 'анна@пример.рф'],
    ],
  )
  assert.deepEqual(got.cc, [])
  assert.equal(got.replyTo[0]!.address, 'good@b.example')
  assert.deepEqual(got.deliveredTo, ['support+c-abc@shop.example', 'support@shop.example'])
  assert.equal(got.returnPath, '')
})

test('an encoded word never forges an address', async () => {
  const got = await mail('From: =?utf-8?Q?boss=40bank=2Eexample=2C?= <thief@example.com>', '', '')
  assert.deepEqual(
    got.from.map((one) => one.address),
    ['thief@example.com'],
  )
})

test('ids are read through broken folding', async () => {
  const got = await mail(
    'Message-ID:',
    ' <one@example.com>',
    'In-Reply-To: Your message of Monday <two@exa',
    ' mple.com>',
    'References: <root@example.com><mid@example.com>',
    '\t<two@example.com> <root@example.com>',
    '',
    '',
  )
  assert.equal(got.messageId, 'one@example.com')
  assert.deepEqual(got.inReplyTo, ['two@example.com'])
  assert.deepEqual(got.references, ['root@example.com', 'mid@example.com', 'two@example.com'])
})

for (const [header, want] of [
  ['Mon, 2 Mar 2026 10:11:12 +0300', '2026-03-02T07:11:12.000Z'],
  ['2 Mar 26 10:11 GMT', '2026-03-02T10:11:00.000Z'],
  ['Mon, 02 Mar 2026 10:11:12 PST (Pacific)', '2026-03-02T18:11:12.000Z'],
  ['2026-03-02T10:11:12Z', '2026-03-02T10:11:12.000Z'],
  ['Mon, 2 Mar 2026 10:11:12', '2026-03-02T10:11:12.000Z'],
  ['Thu, 1 Jan 1970 00:00:00 +0000', undefined],
  ['yesterday', undefined],
] as const) {
  test(`the date "${header}" is ${want ?? 'none'}`, async () => {
    assert.equal((await mail(`Date: ${header}`, '', '')).date?.toISOString(), want)
  })
}

test('an HTML mail with an inline picture and a file', async () => {
  const got = await mail(
    'Content-Type: multipart/mixed; boundary=a',
    '',
    '--a',
    'Content-Type: multipart/related; boundary=b',
    '',
    '--b',
    'Content-Type: multipart/alternative; boundary=c',
    '',
    '--c',
    'Content-Type: text/plain',
    '',
    'Look here',
    '--c',
    'Content-Type: text/html',
    '',
    '<p>Look <b>here</b> <img src="cid:pic@x"></p>',
    '--c--',
    '--b',
    'Content-Type: image/png; name="p.png"',
    'Content-ID: <pic@x>',
    'Content-Transfer-Encoding: base64',
    '',
    'iVBORw0KGgo=',
    '--b--',
    '--a',
    'Content-Type: application/pdf',
    "Content-Disposition: attachment; filename*0*=utf-8''%D0%A1%D1%87; filename*1*=%D1%91%D1%82.pdf",
    '',
    '%PDF',
    '--a--',
  )
  assert.equal(got.text, 'Look here')
  assert.match(got.html!, /<b>here<\/b>/)
  assert.deepEqual(
    got.attachments.map(({ name, type, size, contentId, inline }) => [name, type, size, contentId, inline]),
    [
      ['p.png', 'image/png', 8, 'pic@x', true],
      ['Счёт.pdf', 'application/pdf', 5, null, false],
    ],
  )
})

test('a mail with HTML alone has text as well', async () => {
  const got = await mail(
    'Content-Type: text/html; charset=utf-8',
    '',
    '<style>p{}</style><p>One</p><p>Two <a href="https://shop.example/x">order</a></p>',
  )
  assert.equal(got.text, 'One\n\nTwo order <https://shop.example/x>')
})

test('format=flowed is joined, quotes and signature kept', async () => {
  const got = await mail(
    'Content-Type: text/plain; format=flowed; delsp=no',
    '',
    'One long ',
    'line.',
    '> quoted ',
    '> words',
    '-- ',
    'Me',
  )
  assert.equal(got.text, 'One long line.\n> quoted words\n-- \nMe')
})

for (const [header, want] of [
  ['attachment; filename="=?utf-8?B?0KHRh9GR0YIucGRm?="', 'Счёт.pdf'],
  ["attachment; filename*=koi8-r''%F3%DE%A3%D4.pdf", 'Счёт.pdf'],
  ['attachment; filename="C:\\\\temp\\\\a.txt"', 'a.txt'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename="a\u0000b\t.txt"', 'ab.txt'],
  ['attachment; filename="CON.txt"', '_CON.txt'],
  ['attachment; filename="..."', 'attachment-1.pdf'],
  ['attachment', 'attachment-1.pdf'],
  [`attachment; filename="${bytes('Счёт.pdf', 'utf-8')}"`, 'Счёт.pdf'],
] as const) {
  test(`the file of ${JSON.stringify(header).slice(0, 60)} is called ${want}`, async () => {
    const got = await mail('Content-Type: application/pdf', `Content-Disposition: ${header}`, '', 'x')
    assert.equal(got.attachments[0]!.name, want)
  })
}

test('an enclosed mail, an invitation, a signature and winmail.dat stay attachments with a mark', async () => {
  const part = (type: string, body: string): string[] => ['--a', `Content-Type: ${type}`, '', body]
  const got = await mail(
    'Content-Type: multipart/mixed; boundary=a',
    '',
    ...part('text/plain', 'see'),
    ...part('message/rfc822', 'Subject: Inner\r\nFrom: a@b.example\r\n\r\nHello'),
    ...part('text/calendar; method=REQUEST', 'BEGIN:VCALENDAR'),
    ...part('application/pkcs7-signature; name=smime.p7s', 'x'),
    ...part('application/ms-tnef', 'x'),
    ...part('application/pgp-signature', 'x'),
    '--a--',
  )
  assert.equal(got.text, 'see')
  assert.deepEqual(
    got.attachments.map((one) => [one.mark, one.name]),
    [
      ['mail', 'Inner.eml'],
      ['calendar', 'attachment-2.ics'],
      ['smime', 'smime.p7s'],
      ['tnef', 'attachment-4'],
      ['pgp', 'attachment-5.asc'],
    ],
  )
})

test('a mail with nothing in it is read, and has an id', async () => {
  for (const raw of ['', '\r\n', 'x', '\0\0\0', 'From: \r\nTo: \r\n\r\n', '\xff\xfe\xfd']) {
    const got = await read(new Uint8Array(Buffer.from(raw, 'latin1')))
    assert.equal(got.messageId, null)
    assert.match(got.id, /^[0-9a-f]{40}@derived\.invalid$/)
    assert.equal(typeof got.text, 'string')
  }
})

test('the fingerprint does not change by the way a mail takes, and does by its words', async () => {
  const lines = [
    'From: a@example.com',
    'Date: Mon, 2 Mar 2026 10:11:12 +0300',
    'Subject: x',
    'Message-ID: <1@a>',
  ]
  const direct = await mail(...lines, '', 'Hello')
  const around = await mail(
    'Received: by b',
    'Delivered-To: c@d',
    'X-Spam-Flag: NO',
    ...lines,
    '',
    'Hello',
    '',
  )
  const other = await mail(...lines, '', 'Hello you')
  const again = await mail(...lines.slice(0, 3), 'Message-ID: <2@a>', '', 'Hello')
  assert.equal(direct.fingerprint, around.fingerprint)
  assert.notEqual(direct.fingerprint, other.fingerprint)
  assert.notEqual(direct.fingerprint, again.fingerprint)
  assert.equal(direct.contentHash, again.contentHash)
})

test('every limit is kept', async () => {
  const raw = (lines: string[]): Uint8Array => new Uint8Array(Buffer.from(lines.join('\r\n')))
  const limits = { ...defaultLimits, size: 20_000, parts: 20, nesting: 5, headers: 50, headerSize: 2000 }
  const nested = Array.from({ length: 8 }, (_, at) => [
    `Content-Type: multipart/mixed; boundary=b${at}`,
    '',
    `--b${at}`,
  ])
  const cases: [string, string[], RegExp][] = [
    ['size', ['', 'x'.repeat(21_000)], /Larger/],
    [
      'parts',
      ['Content-Type: multipart/mixed; boundary=b', '', ...Array.from({ length: 30 }, () => '--b\r\n\r\nx')],
      /parts/,
    ],
    ['nesting', nested.flat(), /nesting/],
    ['headers', [...Array.from({ length: 60 }, (_, at) => `X-${at}: y`), '', ''], /header lines/],
    ['header size', [`X-Long: ${'y'.repeat(3000)}`, '', ''], /header size/],
  ]
  for (const [name, lines, message] of cases)
    await assert.rejects(
      read(raw(lines), limits),
      (error) => error instanceof LimitPassed && message.test(error.message),
      name,
    )
})

test('hostile headers and bodies are read in linear time', async () => {
  const half = 500_000
  const hostile = [
    `Subject: ${'=?utf-8?q?a'.repeat(half / 11)}`,
    `From: ${'<'.repeat(half)}`,
    `To: ${'a@b,'.repeat(half / 4)}`,
    `References: ${'<a'.repeat(half / 2)}`,
    `To: ${'=?a?q?b'.repeat(half / 7)}`,
    `List-Id: ${'<a'.repeat(half / 2)}`,
    `Content-Disposition: attachment; filename="${'%41'.repeat(half / 3)}"`,
    `Content-Type: text/plain\r\n\r\n${' '.repeat(half)}a`,
    `Content-Type: text/html\r\n\r\n<pre>${' '.repeat(half)}a`,
    `Date: ${'1 '.repeat(half / 2)}`,
    `Content-Type: text/plain; ${'name*0='.repeat(half / 7)}`,
    `Content-Type: text/html\r\n\r\n${'<div>'.repeat(half / 5)}`,
    `Content-Type: text/html\r\n\r\n${'<a href="'.repeat(half / 9)}`,
    `Content-Type: text/html\r\n\r\n${'<!--'.repeat(half / 4)}`,
    `Content-Type: text/plain; format=flowed\r\n\r\n${'> \r\n'.repeat(half / 4)}`,
  ]
  for (const raw of hostile) {
    const start = performance.now()
    const mail = await read(new Uint8Array(Buffer.from(`${raw}\r\n\r\nx`)))
    classify(mail)
    forwardedSender(mail)
    const took = performance.now() - start
    assert.ok(took < 8000, `${raw.slice(0, 40)} took ${took} ms`)
  }
})

test('a small Buffer, which shares its memory with others, is read alone', async () => {
  Buffer.from('Subject: before\r\n\r\nother')
  const mail = await read(Buffer.from('From: a@example.com\r\nSubject: mine\r\n\r\nhello\r\n'))
  assert.equal(mail.subject, 'mine')
  assert.equal(mail.from[0]?.address, 'a@example.com')
})
