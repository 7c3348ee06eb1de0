import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { testDatabase } from '../../../test/database.ts'
import { recognizeStore, storeMarker } from './recognize-store.ts'

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-store-'))
  folders.push(folder)
  return folder
}

test('of several that start at once on an empty folder one marks it and all know it', async () => {
  const db = await testDatabase()
  for (let round = 0; round < 20; round += 1) {
    await db.deleteFrom('settings').execute()
    const root = newFolder()
    await Promise.all(Array.from({ length: 4 }, () => recognizeStore(db, root)))
    const known = await db.selectFrom('settings').select('value').executeTakeFirstOrThrow()
    assert.equal(readFileSync(join(root, storeMarker), 'utf8').trim(), known.value)
  }
})

test('a folder of another desk, or an empty one where files are known, is refused with what to do', async () => {
  const db = await testDatabase()
  await recognizeStore(db, newFolder())
  await assert.rejects(recognizeStore(db, newFolder()), /Start with the --data folder/)
})
