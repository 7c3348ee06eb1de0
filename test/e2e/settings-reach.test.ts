// Every page of the settings, wide and on the phone, in the light and in the dark: axe finds nothing, nothing is wider
// than the screen, and each page is found by its name in either language.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { settingsPages } from '#console/settings/pages.ts'
import { type Browsing, findBarriers, openBrowser } from '../browser.ts'
import { adminAddress, adminPassword, startDesk } from '../desk.ts'

const { visit, complaints }: Browsing = await openBrowser()
const { url, admin, inbox } = await startDesk()
await admin.post('/saved-replies', { name: 'Thanks', text: 'Thank you.', scope: 'all' })
await admin.post('/tags', { name: 'parcel' })
await admin.post('/channels', {
  kind: 'custom',
  inbox,
  name: 'The shop',
  url: 'https://shop.example/hook',
})

async function arrive(width: number): Promise<Page> {
  const page = await visit({ viewport: { width, height: 900 }, reducedMotion: 'reduce', expected: /401/ })
  await page.goto(`${url}/settings/profile`)
  await page.locator('input[type=email]').fill(adminAddress)
  await page.locator('input[type=password]').fill(adminPassword)
  await page.keyboard.press('Enter')
  return page
}

for (const width of [1440, 390])
  test(`at ${width} px every page of the settings is without barriers`, async () => {
    const page = await arrive(width)
    const wrong: string[] = []
    for (const { id } of settingsPages) {
      const link = page.locator(`nav[aria-label=Settings] a[href="/settings/${id}"]`)
      const name = await link.innerText()
      await link.click()
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
      await page.waitForFunction(() => !document.querySelector('[class*=skeleton]'))
      // The colours are the same at every width.
      for (const colorScheme of width > 800 ? (['light', 'dark'] as const) : (['light'] as const)) {
        await page.emulateMedia({ colorScheme })
        const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined
        const barriers = await findBarriers(page, rules)
        wrong.push(...barriers.map((barrier) => `${id} ${colorScheme}: ${barrier}`))
      }
      const overflows = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      if (overflows) wrong.push(`${id} is wider than the screen`)
    }
    assert.deepEqual(wrong, [])
    assert.deepEqual(complaints, [])
  })
