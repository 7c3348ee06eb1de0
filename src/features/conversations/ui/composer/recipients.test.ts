import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesOf } from './recipients.ts'

test('recipients in a few words are their names as they are written, angles in a name too', () => {
  assert.equal(
    namesOf(['"مريم <b>Åkesson</b>" <m@mail.example>', '', 'b@mail.example, ']),
    'مريم <b>Åkesson</b>, b@mail.example',
  )
  assert.equal(namesOf(['Anna <a@mail.example>, Boris <b@mail.example>; ']), 'Anna, Boris')
  assert.equal(namesOf(['<a@mail.example>']), '<a@mail.example>')
})
