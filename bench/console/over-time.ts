import type { BenchDesk } from './open-desk.ts'

/** MB in use after a collection, before and after going through so many conversations by key. */
export async function memoryOver({ page, url, cdp }: BenchDesk, opened: number) {
  await page.goto(`${url}/views/all`)
  await page.getByRole('region', { name: 'Queue', exact: true }).getByRole('link').first().click()
  const go = async (times: number) => {
    for (let at = 0; at < times; at += 1) {
      const before = new URL(page.url()).pathname
      await page.keyboard.press('j')
      // A plain answer: an element would stay in the page's memory for whoever asked.
      await page.waitForFunction(
        (path) => location.pathname !== path && document.querySelector('main article [data-item]') !== null,
        before,
        { polling: 'raf' },
      )
    }
  }
  const used = async () => {
    await cdp.send('HeapProfiler.collectGarbage')
    return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6
  }
  // Everything that is fetched on demand is there after the first hundred.
  await go(100)
  const before = await used()
  await go(opened)
  const after = await used()
  return { before, after, growth: after / before - 1 }
}

/** Requests while nobody does anything and nothing happens. */
export async function silence({ page, url }: BenchDesk, seconds: number): Promise<number> {
  await page.goto(`${url}/views/all`)
  await page.getByRole('region', { name: 'Queue', exact: true }).getByRole('link').first().click()
  await page.waitForTimeout(8000)
  let count = 0
  page.on('request', () => {
    count += 1
  })
  await page.waitForTimeout(seconds * 1000)
  return count
}
