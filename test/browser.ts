// A real Chromium for street tests: the system's (or CHROMIUM's), else the one from npm. Pages fail a test by what
// they complain about in their console; a picture of the last page stays in test/screens when a test throws.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, afterEach } from 'node:test'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { buildConsole } from '../bin/build.ts'

const system = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Visit extends BrowserContextOptions {
  /** complaints that belong to the test, e.g. a 401 it provokes */
  expected?: RegExp
}
export interface Browsing {
  /** A page in a context of its own: another person at another desk. */
  visit(options?: Visit): Promise<Page>
  /** what pages complained about so far; empty is good */
  complaints: string[]
}

/** Builds the console when its sources changed, starts Chromium, closes it after the file's tests. */
export async function openBrowser(): Promise<Browsing> {
  await buildConsole()
  const browser = await launch()
  after(() => browser.close())
  const complaints: string[] = []
  afterEach((test) =>
    'passed' in test && test.passed === false ? pictureAll(browser, test.name) : undefined,
  )
  return {
    complaints,
    async visit({ expected, ...options } = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'en-GB',
        // Pages see their requests themselves, unless a test is about what is kept.
        serviceWorkers: 'block',
        ...options,
      })
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      const complain = (words: string) => {
        if (!expected?.test(words)) complaints.push(words)
      }
      page.on('pageerror', (error) => complain(String(error.stack)))
      page.on('console', (message) => {
        if (message.type() === 'error') complain(`${message.text()} ${message.location().url}`)
      })
      return page
    },
  }
}

/** What every open page shows, and what it says of its address: for whoever asks why a test threw. */
async function pictureAll(browser: Browser, name: string): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages())
  for (const [i, page] of pages.entries()) {
    console.log(`page ${i} of "${name}": ${page.url()}`)
    await picture(page, `failed-${name.replace(/[^\p{L}\d]+/gu, '-').slice(0, 60)}-${i}`).catch(() => {})
  }
}

export async function launch(): Promise<Browser> {
  const path = system.find((each) => each && existsSync(each))
  if (path) return chromium.launch({ executablePath: path, args: quiet })
  const { default: own } = await import('@sparticuz/chromium')
  return chromium.launch({ executablePath: await own.executablePath(), args: [...quiet, '--headless=shell'] })
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
interface AxeAnswer {
  violations: { id: string; help: string; nodes: { target: string[]; html: string }[] }[]
}

/** Until nothing comes in or goes out any more: what still fades is half there for whoever looks. */
async function stands(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const popups = [
      ...document.querySelectorAll('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'),
    ]
    const shown = popups.filter((each) => each.checkVisibility() && !each.matches('[data-toast]'))
    const runs = ({ playState, effect }: Animation) =>
      playState === 'running' && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY
    // The desk steps back a moment before what stands over it is there, and returns a moment after.
    const isBehind = document.getElementById('root')?.getAttribute('aria-hidden') === 'true'
    return (
      !document.querySelector('[data-starting-style], [data-ending-style]') &&
      !document.getAnimations().some(runs) &&
      shown.every((each) => getComputedStyle(each).opacity === '1') &&
      (!isBehind || shown.length > 0)
    )
  })
}

/** What axe finds on the page as it stands, one line each. @param rules only these: after a change of colours alone */
export async function findBarriers(page: Page, rules?: string[]): Promise<string[]> {
  await stands(page)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  const { violations } = await page.evaluate((runOnly) => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<AxeAnswer> } }
    // Behind what is modal the desk is hidden on purpose. axe means to pass these over then, and now and then does not.
    const isBehind = document.getElementById('root')?.getAttribute('aria-hidden') === 'true'
    // A list that opened stands beside the landmarks, and whoever tabs out of it is led on by its guards: on purpose.
    const isOver = document.querySelector('[data-base-ui-focus-guard]') !== null
    const ofLists = ['aria-hidden-focus', 'region']
    const ofThePage = [...ofLists, 'landmark-one-main', 'page-has-heading-one']
    const off = (rules: string[]) => Object.fromEntries(rules.map((rule) => [rule, { enabled: false }]))
    if (runOnly) return axe.run({ runOnly })
    return axe.run(isBehind ? { rules: off(ofThePage) } : isOver ? { rules: off(ofLists) } : {})
  }, rules)
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.html.slice(0, 120)}`).join(' | ')}`,
  )
}

/** A picture of the page for the eye, in test/screens (not kept in the repository). */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = new URL('./screens/', import.meta.url).pathname
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}${name}.png` })
}

/** What stands in a writing area, line by line, whether its editor is there yet or still the plain field. */
export const writtenIn = (area: Locator): Promise<string> =>
  area.evaluate((element) =>
    element instanceof HTMLTextAreaElement
      ? element.value
      : [...element.querySelectorAll('p')].map((line) => line.textContent).join('\n'),
  )
