/**
 * Pictures of every screen, for the eye:
 * `node bin/pictures.ts [--only name,…] [--out DIR] [--widths 1440,800,390] [--languages en,ru] [--themes light,dark]
 * [--text 200] [--axe] [--forced] [--readme]`.
 *
 * A demo desk of its own on a free port, a real Chromium. Each screen is an entry of pictures/screens.ts; `--only` takes
 * beginnings of their names. index.html in the folder shows all of them, with what could be measured. `--text` is the
 * size of letters in percent, `--forced` the system's own colours, `--axe` looks for barriers in every theme. `--readme` renews the pictures in docs/pictures instead.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { findBarriers, launch } from '../test/browser.ts'
import { buildConsole } from './build.ts'
import { openPictureDesk, type PictureDesk } from './pictures/desk.ts'
import { measure } from './pictures/measure.ts'
import { pretend, type Screen, screens } from './pictures/screens.ts'
import { contactSheet, type Picture } from './pictures/sheet.ts'
import { type Language, say } from './pictures/texts.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    out: { type: 'string', default: 'test/screens/all' },
    widths: { type: 'string', default: '1440,800,390' },
    languages: { type: 'string', default: 'en,ru' },
    themes: { type: 'string', default: 'light,dark' },
    text: { type: 'string', default: '100' },
    axe: { type: 'boolean', default: false },
    forced: { type: 'boolean', default: false },
    readme: { type: 'boolean', default: false },
  },
})
type Theme = 'light' | 'dark'
const only = values.only?.split(',')
const wanted = screens.filter(({ name }) => !only || only.some((start) => name.startsWith(start)))
const themes = values.themes.split(',') as Theme[]
const pictures: Picture[] = []

/** One language at one width: every screen once, in every theme. */
async function walk(browser: Browser, desk: PictureDesk, language: Language, width: number) {
  await desk.call('PATCH', '/me', { settings: { language } })
  const phone = width < 600
  for (const as of ['agent', 'nobody'] as const) {
    const context = await browser.newContext({
      viewport: { width, height: phone ? 844 : 900 },
      locale: language === 'ru' ? 'ru-RU' : 'en-GB',
      serviceWorkers: 'block',
      hasTouch: phone,
      isMobile: phone,
      reducedMotion: 'reduce',
      forcedColors: values.forced ? 'active' : 'none',
      storageState: as === 'agent' ? desk.cookies : undefined,
    })
    await context.addInitScript(
      ({ language, text }) => {
        localStorage.setItem('foyer.language', language)
        addEventListener('DOMContentLoaded', () => {
          document.documentElement.style.fontSize = text === '100' ? '' : `${text}%`
        })
      },
      { language, text: values.text },
    )
    for (const screen of wanted)
      if ((screen.as ?? 'agent') === as && (screen.widths?.includes(width) ?? true)) {
        const page = await context.newPage()
        page.setDefaultTimeout(8000)
        await take(page, desk, screen, { language, width })
        await page.close()
      }
    await context.close()
  }
}

async function take(
  page: Page,
  desk: PictureDesk,
  screen: Screen,
  { language, width }: { language: Language; width: number },
) {
  await pretend(page, screen)
  const remarks: string[] = []
  try {
    await screen.before?.(desk)
    await page.emulateMedia({ colorScheme: themes[0] })
    await page.goto(desk.url + (typeof screen.path === 'string' ? screen.path : screen.path(desk)))
    if (screen.answer?.[1] !== 'wait') await calm(page)
    else await page.waitForTimeout(900)
    const text = (name: string) => say(language, name)
    const button = (name: string) =>
      page.getByRole('button', { name: text(name), exact: true }).locator('visible=true')
    await screen.prepare?.({ page, desk, language, width, text, button })
    // What opens is fetched on demand and takes its place.
    if (screen.prepare) await page.waitForTimeout(500)
    if (screen.prepare) await calm(page)
  } catch (error) {
    remarks.push(`could not be brought about: ${String(error).split('\n')[0]}`)
  }
  remarks.push(...(await measure(page, { language, width })))
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme })
    const file = `${screen.name}.${width}.${language}.${theme}.png`
    const barriers = values.axe ? await findBarriers(page) : []
    await page.screenshot({ path: join(values.out, file), animations: 'disabled', caret: 'hide' })
    const said = [...(theme === themes[0] ? remarks : []), ...barriers]
    pictures.push({
      screen: screen.name,
      file,
      width,
      language,
      theme,
      remarks: said,
    })
    for (const remark of said) console.log(`${file}: ${remark}`)
  }
  await page.context().setOffline(false)
  await screen.after?.(desk)
}

/** Nothing on the way any more, letters loaded, two frames painted. */
async function calm(page: Page) {
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {})
  await page.evaluate(async () => {
    await document.fonts.ready
    for (let frame = 0; frame < 2; frame += 1) await new Promise((done) => requestAnimationFrame(done))
  })
}

/** The three of the README. */
async function takeForReadme(browser: Browser, desk: PictureDesk) {
  await desk.call('PATCH', '/me', { settings: { language: 'en' } })
  for (const [name, width, theme] of [
    ['console-light', 1440, 'light'],
    ['console-dark', 1440, 'dark'],
    ['phone', 390, 'light'],
  ] as const) {
    const page = await browser.newPage({
      viewport: { width, height: width < 600 ? 844 : 900 },
      locale: 'en-GB',
      storageState: desk.cookies,
      colorScheme: theme,
      isMobile: width < 600,
      hasTouch: width < 600,
    })
    const place = width < 600 ? '/views/all?sort=waiting' : `/views/all/${desk.numbers.lively}?sort=waiting`
    await page.goto(`${desk.url}${place}`)
    // The box and the customer's panel come after the words.
    if (width >= 600)
      for (const words of ['composer:send.wait', 'who:reach'])
        await page.getByText(say('en', words)).first().waitFor()
    await calm(page)
    await page.screenshot({ path: `docs/pictures/${name}.png`, animations: 'disabled', caret: 'hide' })
    await page.close()
  }
}

await buildConsole()
mkdirSync(values.out, { recursive: true })
const browser = await launch()
const desk = await openPictureDesk(browser).catch(async (error) => {
  await browser.close()
  throw error
})
try {
  if (values.readme) await takeForReadme(browser, desk)
  else
    for (const language of values.languages.split(',') as Language[])
      for (const width of values.widths.split(',').map(Number)) await walk(browser, desk, language, width)
} finally {
  await browser.close()
  await desk.stop()
}
if (!values.readme) {
  writeFileSync(join(values.out, 'index.html'), contactSheet(pictures))
  console.log(`${pictures.length} pictures: ${join(values.out, 'index.html')}`)
}
