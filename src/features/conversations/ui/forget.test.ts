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
