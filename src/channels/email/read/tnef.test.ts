import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { read } from './read.ts'
import { readTnef } from './tnef.ts'
import { unpackRtf } from './unpack-rtf.ts'

const u16 = (value: number): Buffer => Buffer.from([value & 255, (value >> 8) & 255])
const u32 = (value: number): Buffer => Buffer.concat([u16(value & 0xffff), u16(value >>> 16)])
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
const attribute = (id: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from([1]), u16(id), u16(0), u32(data.length), data, u16(0)])
const valued = (type: number, id: number, data: Buffer): Buffer =>
  Buffer.concat([u16(type), u16(id), u32(1), u32(data.length), padded(data)])
const wide = (id: number, text: string): Buffer => valued(0x1f, id, Buffer.from(`${text}\0`, 'utf16le'))
const properties = (...list: Buffer[]): Buffer => Buffer.concat([u32(list.length), ...list])
const tnef = (...attributes: Buffer[]): Buffer => Buffer.concat([u32(0x223e9f78), u16(1), ...attributes])
/** A property with a name of its own before the others, as Outlook puts many. */
const named = Buffer.concat([
  u16(3),
  u16(0x8001),
  Buffer.alloc(16),
  u32(1),
  u32(6),
  padded(Buffer.from('ab\0', 'utf16le')),
  u32(7),
])

const file = (name: string, bytes: Buffer, ...more: Buffer[]): Buffer[] => [
  attribute(0x9002, Buffer.alloc(14)),
  attribute(0x8010, Buffer.from('SHORT~1.PDF\0')),
  attribute(0x800f, bytes),
  attribute(0x9005, properties(named, wide(0x3707, name), ...more)),
]
const codepage = attribute(0x9007, Buffer.concat([u32(1251), u32(0)]))
const html = '<p>Вот счёт <img src="cid:logo@1"></p>'
const message = tnef(
  codepage,
  attribute(0x9003, properties(valued(0x102, 0x1013, Buffer.from(html)))),
  ...file('Счёт № 7.pdf', Buffer.from('%PDF')),
  ...file('logo.png', Buffer.from('PNG'), wide(0x370e, 'image/png'), wide(0x3712, 'logo@1')),
)
const mailWith = (packed: Buffer, text = ''): Uint8Array =>
  new Uint8Array(
    Buffer.from(
      [
        'From: anna@customer.example',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b\r\nContent-Type: text/plain\r\n',
        text,
        '--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n',
        packed.toString('base64'),
        '--b--',
      ].join('\r\n'),
    ),
  )

test('a winmail.dat is opened: its words and its files are the mail’s', async () => {
  const mail = await read(mailWith(message))
  assert.equal(mail.html, html)
  assert.match(mail.text, /Вот счёт/)
  assert.deepEqual(
    mail.attachments.map((one) => [one.name, one.type, one.size, one.inline, one.mark]),
    [
      ['Счёт № 7.pdf', 'application/octet-stream', 4, false, null],
      ['logo.png', 'image/png', 3, true, null],
    ],
  )
})

test('words that the mail has itself stay', async () => {
  const mail = await read(mailWith(message, 'Here is the bill'))
  assert.equal(mail.text, 'Here is the bill')
})

test('names in the code page of the message are read with it', () => {
  const old = tnef(
    codepage,
    attribute(0x9002, Buffer.alloc(14)),
    attribute(0x8010, Buffer.from([0xf1, 0xf7, 0xb8, 0xf2, 0])),
    attribute(0x800f, Buffer.from('x')),
  )
  assert.equal(readTnef(old)?.files[0]?.name, 'счёт')
})

test('a message inside gives its words and files as files', () => {
  const inner = tnef(
    attribute(0x9003, properties(wide(0x1000, 'Inside'))),
    ...file('a.txt', Buffer.from('A')),
  )
  const outer = tnef(
    attribute(0x9002, Buffer.alloc(14)),
    attribute(
      0x9005,
      properties(wide(0x3001, 'Letter'), valued(0x0d, 0x3701, Buffer.concat([Buffer.alloc(16), inner]))),
    ),
  )
  assert.deepEqual(
    readTnef(outer)?.files.map((one) => [one.name, Buffer.from(one.bytes).toString()]),
    [
      ['Letter.txt', 'Inside'],
      ['a.txt', 'A'],
    ],
  )
})

test('what is no TNEF, or has nothing to show, stays the file it is', async () => {
  for (const packed of [Buffer.from('nonsense'), tnef(), Buffer.alloc(0)]) {
    const mail = await read(mailWith(packed, 'Hello'))
    assert.equal(mail.attachments.at(-1)?.name, 'winmail.dat')
    assert.equal(mail.attachments.at(-1)?.mark, 'tnef')
  }
})

test('a damaged one gives what stands before the damage, and no bytes can break the reader', () => {
  const start = performance.now()
  for (let end = 0; end < message.length; end += 3) readTnef(message.subarray(0, end))
  fc.assert(
    fc.property(fc.nat(message.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }), (at, bytes) => {
      const changed = new Uint8Array(message)
      changed.set(bytes.subarray(0, message.length - at), at)
      readTnef(changed)
    }),
    { numRuns: 300 },
  )
  assert.ok(performance.now() - start < 20_000)
})

test('packed RTF is unpacked: the known beginning, letters, a repetition, the end', () => {
  const head = Buffer.concat([u32(0), u32(0), u32(0x75465a4c), u32(0)])
  // Six letters of the dictionary from its start; " ab"; three letters from where the first of them went; the end.
  const steps = Buffer.concat([
    Buffer.from([0b00110001, 0x00, 0x04]),
    Buffer.from(' ab'),
    Buffer.from([((207 + 6) << 4) >> 8, (((207 + 6) << 4) & 255) | 1]),
    Buffer.from([((207 + 12) << 4) >> 8, ((207 + 12) << 4) & 255]),
    Buffer.from('never read'),
  ])
  assert.equal(Buffer.from(unpackRtf(Buffer.concat([head, steps]))!).toString(), '{\\rtf1 ab ab')
})

test('a packed body that claims to be huge costs no more than its bytes', () => {
  const head = Buffer.concat([u32(0x7fffffff), u32(0x7fffffff), u32(0x75465a4c), u32(0)])
  const bomb = Buffer.concat([head, Buffer.alloc(100_000, 255)])
  assert.ok((unpackRtf(bomb)?.length ?? 0) < 1_000_000)
  assert.equal(unpackRtf(Buffer.from('no rtf, too short')), null)
})
