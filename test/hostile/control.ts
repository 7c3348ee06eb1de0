// The same words with nothing in between: how many of them do run in this browser. A walk that finds nothing says
// something only beside this.
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'

/** @returns how many of the payloads ran, fetched or went elsewhere when put into a page as they are, and touched */
export async function runBare(page: Page, payloads: string[]): Promise<number> {
  const active = new Set<number>()
  const indexOf = (name: string) => (/^bare-\d+$/.test(name) ? Number(name.slice(5)) : -1)
  await page.exposeBinding('foyerRan', ({ frame }) => void active.add(indexOf(frame.name())))
  await page.addInitScript(() => {
    const ran = () => (globalThis as unknown as { foyerRan?: () => void }).foyerRan?.()
    for (const name of ['alert', 'confirm', 'prompt', 'print'])
      Object.defineProperty(globalThis, name, { value: ran })
  })
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}))
  // Nothing leaves this machine for it.
  await page.route(/^https?:/, (route) => {
    const url = new URL(route.request().url())
    if (url.href.startsWith(host)) {
      const from = Number(url.searchParams.get('from'))
      const frames = payloads
        .slice(from, from + together)
        .map(
          (payload, i) =>
            `<iframe name="bare-${from + i}" sandbox="${all}" srcdoc="${escaped(payload)}"></iframe>`,
        )
      return route.fulfill({ contentType: 'text/html', body: `<!doctype html><body>${frames.join('')}` })
    }
    active.add(indexOf(route.request().frame().name()))
    return route.abort()
  })
  for (let from = 0; from < payloads.length; from += together) {
    // Some of them keep their frame, or the page, from ever answering: then what was seen so far counts.
    await patiently(page.goto(`${host}?from=${from}`))
    for (const frame of page.frames()) await patiently(frame.evaluate(touchAll))
    await patiently(stillness(page, () => active.size))
  }
  active.delete(-1)
  return active.size
}

const together = 20
const host = 'http://bare.test/page'
/** As free as a page of one's own, but for taking the others along. */
const all = 'allow-scripts allow-same-origin allow-forms allow-modals allow-popups'

/** A person's mouse, finger and keyboard on everything there. */
function touchAll() {
  for (const each of [...document.querySelectorAll<HTMLElement>('*')].slice(0, 200)) {
    for (const name of [
      'mouseover',
      'mousedown',
      'mouseup',
      'pointerover',
      'pointerdown',
      'focus',
      'input',
      'change',
    ])
      each.dispatchEvent(new Event(name, { bubbles: true }))
    each.click?.()
  }
}

const patiently = (work: Promise<unknown>) =>
  Promise.race([work.catch(() => {}), wait(3000, undefined, { ref: false })])

/** Until a dozen frames have been painted with nothing new. */
async function stillness(page: Page, count: () => number): Promise<void> {
  for (let same = 0, last = -1; same < 12; ) {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))))
    same = count() === last ? same + 1 : 0
    last = count()
  }
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;')
