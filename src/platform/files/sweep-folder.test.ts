// Orphans go; what somebody keeps at the same moment never does.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openFolderStore } from './files.ts'

const hour = 3_600_000
const root = mkdtempSync(join(tmpdir(), 'foyer-sweep-'))
after(() => rmSync(root, { recursive: true, force: true }))
const files = openFolderStore(root)

const bytes = (words: string) => Buffer.from(words)
const hashOf = (words: string) => createHash('sha256').update(words).digest('hex')
const folderOf = (hash: string) => join(root, hash.slice(0, 2), hash.slice(2, 4))
const pathOf = (words: string) => join(folderOf(hashOf(words)), hashOf(words))
const long = new Date(Date.now() - 48 * hour)
const age = (words: string) => utimesSync(pathOf(words), long, long)
async function keepOld(words: string) {
  await files.keep(bytes(words))
  age(words)
}
const nobody = async () => new Set<string>()

test('what nothing names and is a day old goes; what is named, or young, stays; unfinished files go', async () => {
  for (const words of ['orphan', 'named']) await keepOld(words)
  await files.keep(bytes('young'))
  const left = [join(root, '.incoming-1'), join(folderOf(hashOf('named')), '.half')]
  for (const path of left) {
    writeFileSync(path, 'x')
    utimesSync(path, long, long)
  }
  const removed = await files.sweep(async () => new Set([hashOf('named')]), 24 * hour)
  assert.equal(removed, 1)
  assert.deepEqual(
    ['orphan', 'named', 'young'].map((words) => existsSync(pathOf(words))),
    [false, true, true],
  )
  assert.deepEqual(left.map(existsSync), [false, false])
})

test('bytes kept again while a sweep has them on its list stay, although no row names them yet', async () => {
  await keepOld('again')
  const removed = await files.sweep(async (hashes) => {
    if (hashes.includes(hashOf('again'))) await files.keep(bytes('again'))
    return new Set(hashes.filter((one) => one !== hashOf('again')))
  }, 24 * hour)
  assert.equal(removed, 0)
  assert.deepEqual(await files.read(Buffer.from(hashOf('again'), 'hex')), bytes('again'))
})

test('bytes kept again after the sweep took the file are written anew', async () => {
  await keepOld('anew')
  let asked = 0
  await files.sweep(async (hashes) => {
    if (hashes.includes(hashOf('anew')) && ++asked === 2) {
      assert.equal(existsSync(pathOf('anew')), false, 'taken aside')
      await files.keep(bytes('anew'))
    }
    return new Set()
  }, 24 * hour)
  assert.equal(asked, 2)
  assert.deepEqual(await files.read(Buffer.from(hashOf('anew'), 'hex')), bytes('anew'))
})

test('a row that names the file by now brings it back; meanwhile it can be read', async () => {
  await keepOld('back')
  let asked = 0
  const sha256 = Buffer.from(hashOf('back'), 'hex')
  const removed = await files.sweep(async (hashes) => {
    if (!hashes.includes(hashOf('back')) || ++asked === 1) return new Set()
    assert.deepEqual(await files.read(sha256), bytes('back'))
    return new Set(hashes)
  }, 24 * hour)
  assert.equal(removed, 0)
  assert.deepEqual(await files.read(sha256), bytes('back'))
  assert.deepEqual(readdirSync(folderOf(hashOf('back'))), [hashOf('back')])
})

test('a file that a sweep had taken aside when its process died is put back by the next', async () => {
  await keepOld('died')
  await assert.rejects(
    files.sweep(async (hashes) => {
      if (hashes.includes(hashOf('died')) && !existsSync(pathOf('died'))) throw new Error('power cut')
      return new Set()
    }, 24 * hour),
  )
  assert.equal(existsSync(pathOf('died')), false)
  await files.sweep(async (hashes) => new Set(hashes), 24 * hour)
  assert.equal(existsSync(pathOf('died')), true)
})

test('keeping, naming and reading beside sweeps without a pause loses nothing', async () => {
  const named = new Set<string>()
  let over = false
  const sweeping = (async () => {
    let removed = 0
    while (!over)
      removed += await files.sweep(async (hashes) => new Set(hashes.filter((one) => named.has(one))), hour)
    return removed
  })()
  const keeper = async (who: number) => {
    for (let n = 0; n < 250; n += 1) {
      const words = `words ${who} ${n % 5}`
      const sha256 = await files.keep(bytes(words))
      named.add(hashOf(words))
      assert.deepEqual(await files.read(sha256), bytes(words))
      named.delete(hashOf(words))
      // As if a day had passed: the next sweep may take it, and this keeper wants it again soon.
      age(words)
    }
  }
  await Promise.all([0, 1, 2, 3].map(keeper)).finally(() => {
    over = true
  })
  const removed = await sweeping
  console.log(`${removed} files went meanwhile`)
  await files.sweep(nobody, hour)
})
