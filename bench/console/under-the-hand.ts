import { type Figures, figures } from '../figures.ts'
import type { BenchDesk } from './open-desk.ts'
import { between, tasks, traced } from './thread.ts'

/** By the clock, and of the page's own thread. */
export interface Both {
  clock: Figures
  processor: Figures
}

/** ms from the key (or the click of a row nobody pointed at) to the frame with the other conversation's words. */
export async function nextByKey(desk: BenchDesk, how: 'ahead' | 'cold'): Promise<Both> {
  const { page, url } = desk
  await page.goto(`${url}/views/all`)
  const rows = page.getByRole('region', { name: 'Queue', exact: true }).getByRole('link')
  await rows.first().click()
  await page.locator('[data-item]').first().waitFor()
  await page.waitForTimeout(4000)
  const times: number[] = []
  const events = await traced(desk, async () => {
    for (let round = 0; round < 30; round += 1) {
      // The hand rests for a moment, as a reader's does: the neighbours are fetched.
      await page.waitForTimeout(how === 'ahead' ? 700 : 300)
      times.push(await page.evaluate(goOn, how))
    }
  })
  return { clock: figures(times), processor: figures(between(events)) }
}

/** In the page: one conversation on, until its words are painted. */
async function goOn(way: 'ahead' | 'cold'): Promise<number> {
  const words = () => document.querySelector('main article [data-item]')?.getAttribute('data-item') ?? null
  const before = words()
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  performance.mark('began')
  const began = performance.now()
  if (way === 'ahead')
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true }))
  else {
    const all = [...document.querySelectorAll<HTMLElement>('section[aria-label="Queue"] a')]
    const at = all.findIndex((row) => row.hasAttribute('aria-current'))
    all[Math.min(all.length - 1, at + 4)]?.click()
  }
  while (words() === null || words() === before) {
    if (performance.now() - began > 5000) throw new Error('the next conversation did not come')
    await new Promise((done) => requestAnimationFrame(done))
  }
  // Seen at the beginning of the frame that paints them: the next task comes after it.
  await new Promise((done) => setTimeout(done))
  performance.mark('painted')
  return performance.now() - began
}

/** ms a key keeps the page busy in a long draft, from the key to the words on screen being laid out. */
export async function typing(desk: BenchDesk, characters: number): Promise<Both> {
  const { page, url } = desk
  await page.goto(`${url}/views/all`)
  await page.getByRole('region', { name: 'Queue', exact: true }).getByRole('link').first().click()
  const box = page.getByRole('textbox', { name: 'Text of the reply' })
  await box.click()
  await page.keyboard.insertText('It will be with you on Tuesday. '.repeat(Math.ceil(characters / 32)))
  // The real editor stands, and the draft is saved.
  await page.waitForTimeout(4000)
  await page.evaluate(() => {
    const times: number[] = []
    Object.assign(globalThis, { keyTimes: times })
    let began = 0
    const start = () => {
      performance.mark('began')
      began = performance.now()
    }
    addEventListener('keydown', start, { capture: true })
    addEventListener('input', () => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        void document.body.offsetHeight
        times.push(performance.now() - began)
        performance.mark('painted')
      }
      port2.postMessage(null)
    })
  })
  const events = await traced(desk, () =>
    page.keyboard.type('and we are sorry for the wait, which was ours alone to mend '.repeat(3), {
      delay: 40,
    }),
  )
  const times = await page.evaluate(() => (globalThis as unknown as { keyTimes: number[] }).keyTimes)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  return { clock: figures(times), processor: figures(between(events)) }
}

/**
 * ms between frames while a list is scrolled for so many pixels; of the thread, ms each of its tasks took.
 * @param slower how many times slower the processor is made while it is scrolled
 */
export async function scrolling(
  desk: BenchDesk,
  path: string,
  region: string,
  far: number,
  slower = 1,
): Promise<Both> {
  const { page, url, cdp } = desk
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
  if (slower > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const events = await traced(desk, async () => {
    for (let gone = 0; gone < far; gone += Math.abs(step)) await page.mouse.wheel(0, step)
  })
  if (slower > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const frames = await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames.slice(1))
  return { clock: figures(frames), processor: figures(tasks(events)) }
}
