import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isShowable, pictureSize } from './picture-size.ts'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const png = (width: number, height: number) => {
  const head = Buffer.alloc(33)
  head.write('\x89PNG\r\n\x1a\n', 'latin1')
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  return head
}

test('a picture’s size is read from its head, in every format shown', () => {
  assert.deepEqual(pictureSize('image/png', png(640, 480)), { width: 640, height: 480 })
  assert.deepEqual(pictureSize('image/gif', bytes('474946383961 8002 e001 00')), { width: 640, height: 480 })
  assert.deepEqual(pictureSize('image/jpeg', bytes('ffd8 ffe0 0004 0000 ffc2 0011 08 01e0 0280 03')), {
    width: 640,
    height: 480,
  })
  assert.deepEqual(
    pictureSize('image/webp', bytes('52494646 00000000 57454250 56503858 0a000000 10000000 7f0200 df0100')),
    { width: 640, height: 480 },
  )
  assert.deepEqual(
    pictureSize('image/webp', bytes('52494646 00000000 57454250 5650384c 00000000 2f 7fc27700')),
    { width: 640, height: 480 },
  )
  assert.deepEqual(
    pictureSize('image/avif', bytes('00000014 69737065 00000000 00000280 000001e0 00000000')),
    { width: 640, height: 480 },
  )
})

test('a small file that unpacks to gigabytes, one without a size and one cut short are not shown', () => {
  assert.equal(isShowable(pictureSize('image/png', png(60_000, 60_000))), false)
  assert.equal(isShowable(pictureSize('image/png', png(200_000, 10))), false)
  assert.equal(isShowable(pictureSize('image/png', png(0, 10))), false)
  assert.equal(isShowable(pictureSize('image/jpeg', bytes('ffd8 ffe0 ffff'))), false)
  assert.equal(isShowable(pictureSize('image/png', bytes('8950'))), false)
  assert.equal(isShowable(pictureSize('image/svg+xml', png(10, 10))), false)
  assert.equal(isShowable(pictureSize('image/png', png(8000, 6000))), true)
})
