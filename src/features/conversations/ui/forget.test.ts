import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { forgetOld } from './forget.ts'

test('of hundreds of opened conversations the latest stay, and the one on screen', () => {
  const client = new QueryClient()
  for (let number = 1; number <= 200; number++)
    client.setQueryData(['conversation', number], { number }, { updatedAt: number })
  client.setQueryData(['older', 'conversation', 7, null], { pages: [] })
  const leave = new QueryObserver(client, { queryKey: ['conversation', 1], enabled: false }).subscribe(
    () => {},
  )
  forgetOld(client)
  const numbers = client
    .getQueryCache()
    .findAll({ queryKey: ['conversation'] })
    .map((query) => query.queryKey[1])
  assert.deepEqual(numbers.toSorted((a, b) => Number(a) - Number(b)).slice(0, 2), [1, 161])
  assert.equal(numbers.length, 41)
  assert.equal(client.getQueryCache().findAll({ queryKey: ['older'] }).length, 0)
  leave()
  client.clear()
})

test('what was fetched for each of them goes too, but never what is still on its way', async () => {
  const client = new QueryClient()
  for (let number = 1; number <= 100; number++)
    for (const name of ['draft', 'customer', 'likenesses'])
      client.setQueryData([name, number], {}, { updatedAt: number })
  let arrive = (_answer: object) => {}
  const asked = client.prefetchQuery({
    queryKey: ['conversation', 7],
    queryFn: () => new Promise<object>((resolve) => (arrive = resolve)),
  })
  for (let number = 8; number <= 100; number++)
    client.setQueryData(['conversation', number], {}, { updatedAt: number })
  forgetOld(client)
  const left = (name: string) => client.getQueryCache().findAll({ queryKey: [name] }).length
  assert.deepEqual(['draft', 'customer', 'likenesses', 'conversation'].map(left), [40, 40, 40, 41])
  arrive({ here: true })
  await asked
  assert.deepEqual(client.getQueryData(['conversation', 7]), { here: true })
  client.clear()
})
