import type { BenchDesk } from './open-desk.ts'

/** What the first screen costs with an empty cache: bytes and requests for JS and CSS. */
export async function firstScreen({ browser, context, url }: BenchDesk) {
  const fresh = await browser.newContext({
    storageState: await context.storageState(),
    serviceWorkers: 'block',
  })
  const page = await fresh.newPage()
  const sizes: number[] = []
  page.on('response', (response) => {
    if (['script', 'stylesheet'].includes(response.request().resourceType()))
      sizes.push(Number(response.headers()['content-length'] ?? 0))
  })
  await page.goto(`${url}/views/all`)
  await page.getByRole('region', { name: 'Queue', exact: true }).getByRole('link').first().waitFor()
  await fresh.close()
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), requests: sizes.length }
}

/**
 * ms from the navigation to rows on screen that answer, with an empty cache and a slowed processor; the middle of five.
 * Somebody who has sat here before: what this browser remembers is there.
 */
export async function usableQueue(
  { browser, context, url }: BenchDesk,
  slower: number,
): Promise<{ clock: number; processor: number }> {
  const clock: number[] = []
  const processor: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const fresh = await browser.newContext({
      storageState: await context.storageState(),
      serviceWorkers: 'block',
    })
    const page = await fresh.newPage()
    const cdp = await fresh.newCDPSession(page)
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    if (slower > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
    await page.goto(`${url}/views/all`, { waitUntil: 'commit' })
    await page.waitForFunction(() => document.querySelector('section[aria-label="Queue"] a') !== null, null, {
      polling: 'raf',
    })
    clock.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) =>
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))),
          ),
      ),
    )
    const { metrics } = await cdp.send('Performance.getMetrics')
    processor.push(1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0))
    await fresh.close()
  }
  const middle = (times: number[]) => times.sort((a, b) => a - b)[2]!
  return { clock: middle(clock), processor: middle(processor) }
}
