import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallHouse } from '#test/small-house.ts'

interface Operation {
  summary?: string
  tags?: string[]
  parameters?: { in: string; name: string; required?: boolean; schema?: object }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}
interface Document {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

const desk = await smallHouse()
const document = desk.app.swagger() as unknown as Document
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method,
    operation,
    name: `${method} ${path}`,
  })),
)
/** Every object inside a value. */
function* within(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Record<string, unknown>
  for (const inner of Object.values(value)) yield* within(inner)
}

test('the OpenAPI document describes every route: what it does, where it belongs, what it answers', () => {
  assert.equal(document.openapi, '3.1.0')
  assert.ok(operations.length > 100)
  for (const { name, operation } of operations) {
    assert.ok(operation.summary, `${name} has a summary`)
    assert.ok(operation.tags?.length, `${name} has a tag`)
    const done = Object.entries(operation.responses).filter(([code]) => /^2\d\d$/.test(code))
    assert.ok(done.length > 0, `${name} says what it answers`)
    for (const [code, { content }] of done)
      assert.ok(
        code === '204' || Object.values(content ?? {}).every(({ schema }) => schema),
        `${name} ${code}`,
      )
  }
})

test('its paths, parameters and references are sound', () => {
  for (const { name, path, operation } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    assert.deepEqual(declared.map((parameter) => parameter.name).sort(), inPath.sort(), name)
    assert.ok(
      declared.every(({ required, schema }) => required && schema),
      name,
    )
  }
  for (const { $ref } of within(document)) {
    if (typeof $ref !== 'string') continue
    const target = $ref
      .slice(2)
      .split('/')
      .reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], document)
    assert.ok(target, `${$ref} leads somewhere`)
  }
  // A schema must survive being written down: no functions, no undefined, no cycles.
  assert.deepEqual(JSON.parse(JSON.stringify(document)), document)
})
