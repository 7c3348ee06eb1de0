import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'

export interface BenchDesk {
  url: string
  browser: Browser
  context: BrowserContext
  page: Page
  cdp: CDPSession
}

/** Signs in once; the page that is answered stands in the queue of all. */
export async function openDesk(
  browser: Browser,
  url: string,
  { address, password }: { address: string; password: string },
): Promise<BenchDesk> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${url}/views/all`)
  await page.getByLabel('Mail address').fill(address)
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Queue', exact: true }).getByRole('link').first().waitFor()
  return { url, browser, context, page, cdp: await context.newCDPSession(page) }
}

/** A conversation with so many comments; answers its number. */
export async function fillConversation(url: string, key: string, count: number): Promise<number> {
  const call = async (path: string, body?: unknown) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${key}`,
        'idempotency-key': crypto.randomUUID(),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  const { items } = await call('/conversations?view=all&sort=oldest&limit=1')
  const number: number = items[0].number
  for (let at = 1; at <= count; at += 1)
    await call(`/conversations/${number}/comments`, {
      text: `Comment ${at}. ${'The lamp came without its shade, and the customer waits. '.repeat((at % 5) + 1)}`,
    })
  return number
}
