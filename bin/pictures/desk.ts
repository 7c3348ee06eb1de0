// The desk the pictures are taken of: the demo, and beside it what layouts break on.
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Browser, Page } from 'playwright-core'
import { type FoyerProcess, runFoyer, startFoyer } from '../../test/process.ts'
import { until } from '../../test/until.ts'

/** Numbers of the conversations that screens open. */
export interface Numbers {
  /** one of the demo's, with a comment and a picture */
  lively: number
  /** words of all scripts, right to left, very long */
  hard: number
  /** several files */
  files: number
  /** a reply that was held back, one that leaves later */
  held: number
  later: number
  /** a colleague has begun a reply here */
  theirs: number
  /** a card number and a passport in it; what few should read, sealed */
  asked: number
  answered: number
  private: number
  sealed: number
  /** two more went into it, one of them of another customer */
  merged: number
  /** for what changes while one looks */
  spare: number
}
export interface PictureDesk {
  url: string
  numbers: Numbers
  /** the customer with the most to say about */
  customer: string
  cookies: Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>
  call: Call
  /** what a colleague does */
  colleague: Call
  stop(): Promise<unknown>
}
type Call = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<T>

export async function openPictureDesk(browser: Browser): Promise<PictureDesk> {
  const smtp = await freePort()
  const data = mkdtempSync(join(tmpdir(), 'foyer-pictures-'))
  const server = await startFoyer(['--demo', '--data', data, '--smtp-port', String(smtp)])
  try {
    return await prepare(browser, server, { smtp, data })
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function prepare(
  browser: Browser,
  server: FoyerProcess,
  { smtp, data }: { smtp: number; data: string },
): Promise<PictureDesk> {
  const page = await browser.newPage()
  const call = callFrom(page)
  const said = await until(
    async () => /Sign in as (\S+) with the password (\S+)/.exec(server.out()) ?? undefined,
    { within: 60_000 },
  )
  await signIn(page, server, [said[1]!, said[2]!])
  const colleague = await openColleague(browser, server, data)
  await call('PATCH', '/me', { settings: { undoSeconds: 0, theme: 'system' } })
  // Nobody writes while pictures are taken.
  await call('PUT', '/demo/pause', {})
  const numbers = await fill(call, smtp)
  await colleague('PUT', `/conversations/${numbers.theirs}/draft`, {
    text: 'Dear Heike, we have found the shade and send it today.',
  })
  await fillSettings(call, numbers)
  const { items } = await call<{ items: { id: string; name: string }[] }>('GET', '/customers?limit=50')
  return {
    url: server.address,
    numbers,
    customer: (items.find((each) => each.name?.startsWith('Heike')) ?? items[0]!).id,
    cookies: await page.context().storageState(),
    call,
    colleague,
    stop: () => server.stop(),
  }
}

async function signIn(page: Page, server: FoyerProcess, [address, password]: [string, string]) {
  await page.goto(`${server.address}/sign-in`)
  await page.locator('input[type=email]').fill(address)
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor({ timeout: 60_000 })
}

async function openColleague(browser: Browser, server: FoyerProcess, data: string): Promise<Call> {
  const [address, password] = ['olga@example.com', 'a quiet afternoon']
  const added = ['--name', 'Olga Brandt', '--email', address, '--password', password, '--data', data]
  const { code, err } = await runFoyer(['agent', 'add', ...added])
  if (code !== 0) throw new Error(err)
  const page = await browser.newPage()
  await signIn(page, server, [address, password])
  return callFrom(page)
}

/** The API as the signed-in browser calls it. */
const callFrom =
  (page: Page): Call =>
  (method, path, body) =>
    page.evaluate(
      async ({ method, path, body }) => {
        const answer = await fetch(`/api/v1${path}`, {
          method,
          headers: {
            'idempotency-key': crypto.randomUUID(),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: body === undefined ? undefined : JSON.stringify(body),
        })
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
        return answer.status === 204 ? null : answer.json()
      },
      { method, path, body },
    )

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
  'base64',
)

async function fill(call: Call, smtp: number): Promise<Numbers> {
  const post = createTransport({ host: '127.0.0.1', port: smtp, ignoreTLS: true })
  const numberOf = (subject: string) =>
    until(
      async () => {
        const { items } = await call<{ items: { number: number; subject: string }[] }>(
          'GET',
          '/conversations?view=all&limit=50',
        )
        return items.find((each) => each.subject === subject)?.number
      },
      { within: 30_000 },
    )
  const mail = async (subject: string, more: object = {}) => {
    const words = 'Good morning, the lamp came without its shade. Can you send it on?'
    await post.sendMail({
      from: 'Heike Müller <heike@example.com>',
      to: 'support@example.com',
      subject,
      text: words,
      ...more,
    })
    return numberOf(subject)
  }
  const hard = await mail(`${long} ${long}`, {
    from: `"عبد الرحمن بن عبد العزيز آل سعود" <${'very.long.address.'.repeat(3)}box@example.com>`,
    html: `<p dir="rtl">مرحبا، لم يصل طلبي رقم 4521 بعد. هل يمكنكم المساعدة؟</p><p>${long}${long}</p><table border=1><tr>${'<td>cell with words</td>'.repeat(14)}</tr></table>`,
  })
  await call('POST', `/conversations/${hard}/comments`, { text: `مرحبا ${long}${long}` })
  const change = (numbers: number[], to: object) => call('POST', '/conversations/bulk', { numbers, do: to })
  await change([hard], { addTags: [long.slice(0, 50), 'возврат', 'עברית', 'vip'] })
  const files = await mail('The lamp and its papers', {
    attachments: [
      { filename: 'lamp.png', content: photo },
      { filename: 'shade.png', content: photo },
      { filename: `${long}.csv`, content: 'Name;Count;Price\nLamp;1;49.00\nShade;2;19.50\n' },
      { filename: 'notes.txt', content: 'The shade was missing.\n'.repeat(30) },
    ],
  })
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  const later = await mail('Delivery on Friday')
  const theirs = await mail('Which shade fits the reading lamp?')
  const spare = await mail('A spare bulb')
  const hidden = {
    text: 'Card 4111 1111 1111 1111, valid to 09/29. Please give the money back.',
    attachments: [{ filename: 'passport.png', content: photo }],
  }
  const secret = await mail('Money back', hidden)
  const sealed = await mail('Money back, once more', hidden)
  const kept = await call<{ items: { id: string }[] }>('GET', `/conversations/${sealed}`)
  await call('PUT', `/messages/${kept.items[0]!.id}/seal`, { reason: 'A card number is in it' })
  const held = await mail('The shade is missing', { messageId: '<shade@example.com>' })
  for (const number of [later, held]) {
    const seen = await call<{ items: { id: string }[] }>('GET', `/conversations/${number}`)
    await call('POST', `/conversations/${number}/messages`, {
      text: 'The shade leaves us on Friday. You need not send anything back.',
      lastSeen: seen.items.at(-1)?.id,
      sendAt: tomorrow,
      unlessCustomerWrites: true,
    })
  }
  await post.sendMail({
    from: 'Heike Müller <heike@example.com>',
    to: 'support@example.com',
    subject: 'Re: The shade is missing',
    inReplyTo: '<shade@example.com>',
    text: 'It came after all, thank you.',
  })
  const merged = await mail('The lamp flickers', { messageId: '<flickers@example.com>' })
  const second = await mail('Flickering lamp: a picture', { text: 'Here is a picture of it.' })
  const other = await mail(`${long} flickers, too`, {
    from: 'Konstantin Nordström <konstantin.nordstroem@example.net>',
    text: 'My neighbour wrote to you about her lamp. Mine does the same.',
  })
  await call('POST', `/conversations/${second}/comments`, { text: 'The picture shows the old socket.' })
  await call('PUT', `/conversations/${second}/tags/socket`, {})
  for (const number of [second, other]) await call('POST', `/conversations/${number}/merge`, { into: merged })
  post.close()
  for (const [name, text] of [
    ['Return label', 'Here is your label. Sending it back is free.'],
    ['Где мой заказ', 'Здравствуйте! Проверили: заказ в пути, трек-номер внизу.'],
    [`${long} Greeting`, 'Hello {{customer.firstName}}'],
  ])
    await call('POST', '/saved-replies', { name, text, scope: 'all' })
  const { items } = await call<{ items: { number: number }[] }>(
    'GET',
    '/conversations?view=all&limit=12&sort=oldest',
  )
  const lively = await numberOf('Parcel marked delivered, nothing here')
  const me = await call<{ id: string }>('GET', '/me')
  await change(
    items.slice(0, 4).map(({ number }) => number),
    { assignee: me.id },
  )
  return {
    asked: (await numberOf('Glass shade broken on arrival'))!,
    answered: (await numberOf('Charged twice in March'))!,
    private: secret,
    sealed,
    merged,
    hard,
    files,
    later,
    held,
    theirs,
    spare,
    lively: lively ?? items[0]!.number,
  }
}

/** What the settings break on: long names, a channel in trouble, an invitation, a mail in the Outbox. */
async function fillSettings(call: Call, { files }: Numbers): Promise<void> {
  const team = await call<{ id: string }>('POST', '/teams', {
    name: `Rückgabe ${long.slice(0, 50)}`,
    members: [],
  })
  const address = 'invited.somebody.with.a.very.long.address@accounting.example.com'
  await call('POST', '/agents', {
    name: 'عبد الرحمن بن عبد العزيز',
    address,
    role: 'admin',
    teams: [team.id],
  })
  const { items } = await call<{ items: { id: string }[] }>('GET', '/inboxes?limit=1')
  const inbox = items[0]!.id
  const url = 'http://127.0.0.1:9/replies'
  await call('POST', '/channels', { kind: 'custom', inbox, name: 'Web shop', url })
  const server = { port: 9, security: 'none', username: 'desk', password: 'wrong' }
  const channel = await call<{ id: string }>('POST', '/channels', {
    kind: 'mail',
    inbox,
    imap: { host: '127.0.0.1', ...server },
    smtp: null,
    since: 'now',
  })
  await call('POST', `/channels/${channel.id}/test`, {})
  const seen = await call<{ items: { id: string }[] }>('GET', `/conversations/${files}`)
  await call('POST', `/conversations/${files}/messages`, {
    text: 'Good morning, the shade leaves us today. Sending the old one back is free.',
    lastSeen: seen.items.at(-1)?.id,
    sendAnyway: true,
  })
}
