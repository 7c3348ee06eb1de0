import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csv } from './csv.ts'

test('a cell that a spreadsheet would work out stays words; numbers stay numbers', () => {
  const made = csv(
    ['a', 'b'],
    ['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1'].map((text, i) => [text, -i]),
  )
  assert.equal(made.charCodeAt(0), 0xfeff)
  const lines = made.slice(1).split('\r\n')
  assert.deepEqual(lines.slice(0, 5), ['a,b', `"'=1+1",0`, `"'+1",-1`, `"'-1",-2`, `"'@sum",-3`])
  assert.ok(lines.slice(1, 5).every((line) => line.startsWith(`"'`)))
  assert.ok(made.includes(`"'\t=1"`) && made.includes(`"'\r=1"`))
})
test('quotes, commas and line ends do not leave their cell; nothing is an empty cell', () => {
  assert.equal(csv(['x'], [['say "hi", then\ngo'], [null]]), '\uFEFFx\r\n"say ""hi"", then\ngo"\r\n\r\n')
})
