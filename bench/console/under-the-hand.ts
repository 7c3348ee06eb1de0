import { type Figures, figures } from '../figures.ts'
import type { BenchDesk } from './open-desk.ts'

/** ms from the key (or the click of a row nobody pointed at) to the other conversation's words painted. */
export async function nextByKey(
  { page, url, cdp }: BenchDesk,
  how: 'ahead' | 'cold',
): Promise<{ painted: Figures; processor: Figures }> {
  await page.goto(`${url}/views/all`)
  const rows = page.getByRole('region', { name: 'Queue', exact: true }).getByRole('link')
  await rows.first().click()
  await page.locator('[data-item]').first().waitFor()
  const times: number[] = []
  const busy: number[] = []
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  for (let round = 0; round < 30; round += 1) {
    // The hand rests for a moment, as a reader's does: the neighbours are fetched.
    await page.waitForTimeout(how === 'ahead' ? 700 : 300)
    const before = await processorTime(cdp)
    times.push(
      await page.evaluate(async (way) => {
        const shown = () => document.querySelector('main article[aria-label]')
        const before = shown()
        const began = performance.now()
        if (way === 'ahead')
          document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true }))
        else {
          const all = [...document.querySelectorAll<HTMLElement>('section[aria-label="Queue"] a')]
          const at = all.findIndex((row) => row.hasAttribute('aria-current'))
          all[Math.min(all.length - 1, at + 4)]?.click()
        }
        while (shown() === before || !shown()?.querySelector('[data-item]')) {
          if (performance.now() - began > 5000) throw new Error('the next conversation did not come')
          await new Promise((done) => requestAnimationFrame(done))
        }
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
        return performance.now() - began
      }, how),
    )
    busy.push((await processorTime(cdp)) - before)
  }
  return { painted: figures(times), processor: figures(busy) }
}

/** ms of the page's own thread, whatever else the machine does. */
async function processorTime(cdp: BenchDesk['cdp']): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
}

/** ms a key keeps the page busy in a long draft, from the key to the words on screen being laid out. */
export async function typing({ page, url }: BenchDesk, characters: number): Promise<Figures> {
  await page.goto(`${url}/views/all`)
  await page.getByRole('region', { name: 'Queue', exact: true }).getByRole('link').first().click()
  const box = page.getByRole('textbox', { name: 'Text of the reply' })
  await box.click()
  await page.keyboard.insertText('It will be with you on Tuesday. '.repeat(Math.ceil(characters / 32)))
  await page.evaluate(() => {
    const times: number[] = []
    Object.assign(globalThis, { keyTimes: times })
    let began = 0
    addEventListener('keydown', () => (began = performance.now()), { capture: true })
    addEventListener('input', () => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        void document.body.offsetHeight
        times.push(performance.now() - began)
      }
      port2.postMessage(null)
    })
  })
  await page.keyboard.type('and we are sorry for the wait, which was ours alone to mend '.repeat(3), {
    delay: 40,
  })
  const times = await page.evaluate(() => (globalThis as unknown as { keyTimes: number[] }).keyTimes)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  return figures(times)
}

/** ms between frames while a list is scrolled for so many pixels. */
export async function scrolling(
  { page, url }: BenchDesk,
  path: string,
  region: string,
  far: number,
): Promise<Figures> {
  await page.goto(`${url}${path}`)
  const box = page.getByRole('region', { name: region, exact: true })
  await box.waitFor()
  await page.waitForTimeout(1500)
  await box.hover()
  await page.evaluate(() => {
    const frames: number[] = []
    Object.assign(globalThis, { frames })
    let last = performance.now()
    const tick = (now: number) => {
      frames.push(now - last)
      last = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  const step = region === 'Queue' ? 200 : -200
  for (let gone = 0; gone < far; gone += Math.abs(step)) await page.mouse.wheel(0, step)
  return figures(await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames.slice(1)))
}
