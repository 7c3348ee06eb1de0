import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import { distinct, zip } from './zip.ts'

/** Reads a ZIP by its directory, as unpackers do. */
function unzip(bytes: Buffer): Record<string, string> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  const files: Record<string, string> = {}
  let at = bytes.readUInt32LE(end + 16)
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50)
    const [size, length, local] = [
      bytes.readUInt32LE(at + 24),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ]
    const name = bytes.subarray(at + 46, at + 46 + length).toString()
    assert.equal(bytes.readUInt32LE(local), 0x04034b50)
    const start = local + 30 + bytes.readUInt16LE(local + 26)
    const content = bytes.subarray(start, start + size)
    assert.equal(bytes.readUInt32LE(at + 16), crc32(content))
    files[name] = content.toString()
    at += 46 + length
  }
  assert.equal(at, end)
  return files
}

test('what was put in comes out, under its name in any script', async () => {
  async function* entries() {
    const at = new Date('2026-11-22T10:20:00Z')
    yield { name: 'счёт.txt', bytes: Buffer.from('Привет'), at }
    yield { name: 'empty', bytes: Buffer.alloc(0), at }
  }
  const parts = await Array.fromAsync(zip(entries()))
  assert.deepEqual(unzip(Buffer.concat(parts)), { 'счёт.txt': 'Привет', empty: '' })
})

test('names that would overwrite each other are told apart', () => {
  assert.deepEqual(distinct(['a.png', 'A.png', 'a.png', 'b', 'b', '.x', '.x']), [
    'a.png',
    'A (2).png',
    'a (3).png',
    'b',
    'b (2)',
    '.x',
    '.x (2)',
  ])
})
