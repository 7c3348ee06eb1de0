import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { until } from '#test/until.ts'
import { forgetOld, forgetSoon } from './forget.ts'
import { forgetPlaces } from './placeSeen.ts'

test('of hundreds of opened conversations the latest stay, and the one on screen', () => {
  const client = new QueryClient()
  for (let number = 1; number <= 200; number++)
    client.setQueryData(['conversation', number], { number }, { updatedAt: number })
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

test('going on before the customer has come leaves nothing behind: neither his entry nor a clock that holds it', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { gcTime: 20_000 } } })
  const clocks = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = clocks()
  for (let number = 1; number <= 300; number++) {
    const queryFn = ({ signal }: { signal: AbortSignal }) =>
      new Promise<object>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    const leave = new QueryObserver(client, { queryKey: ['customer', number], queryFn }).subscribe(() => {})
    leave()
    forgetSoon(client, 1)
  }
  await until(() => client.getQueryCache().getAll().length <= 40)
  assert.ok(clocks() - before <= 40, `${clocks() - before} clocks run for 40 entries`)
  client.clear()
})

test('of the places seen those in the latest conversations stay, and nothing else is touched', () => {
  const kept = new Map<string, string>([['foyer.anna.draft.1', 'words']])
  for (let number = 1; number <= 2600; number++) kept.set(`foyer.seen.${number}`, 'item')
  const store = {
    get length() {
      return kept.size
    },
    key: (at: number) => [...kept.keys()][at] ?? null,
    removeItem: (name: string) => void kept.delete(name),
  } as Storage
  forgetPlaces(store)
  assert.equal(kept.size, 2001)
  assert.ok(kept.has('foyer.anna.draft.1') && kept.has('foyer.seen.2600') && !kept.has('foyer.seen.600'))
})
