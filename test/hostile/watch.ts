// What tells whether other people's words did something in a browser: ran, fetched, opened, asked, or stand there live.
import type { Frame, Page } from 'playwright-core'

export interface Watch {
  /** one line per thing that happened, with where */
  happened: string[]
  /** how many different documents of mail stood in a frame when it was looked at */
  documents(): number
  /** names the place that what happens from now on belongs to */
  at(place: string): void
  /** looks at every frame as it stands for what would happen at a touch */
  look(): Promise<void>
}

export async function watch(page: Page, own: string): Promise<Watch> {
  const happened: string[] = []
  const seen = new Set<string>()
  const documents = new Set<string>()
  let place = ''
  const note = (what: string) => {
    const line = `${place}: ${what.slice(0, 200)}`
    if (!seen.has(line)) happened.push(line)
    seen.add(line)
  }
  await page.exposeFunction('foyerRan', (what: string) => note(`ran ${what}`))
  await page.addInitScript(tell)
  page.on('dialog', (dialog) => {
    note(`asked ${dialog.message()}`)
    void dialog.dismiss().catch(() => {})
  })
  page.context().on('page', (other) => note(`opened ${other.url()}`))
  page.on('framenavigated', (frame) => {
    if (isForeign(frame.url(), own)) note(`went to ${frame.url()}`)
  })
  // Asked only for what a policy of the page's has let out.
  await page.context().route(
    (url) => isForeign(url.href, own),
    (route) => {
      note(`fetched ${route.request().url()}`)
      return route.abort()
    },
  )
  page.on('request', (request) => {
    // Pictures from elsewhere come through the desk, and only when a person asks.
    if (/[?&](url|src)=http/.test(request.url())) note(`had the desk fetch ${request.url()}`)
  })
  return {
    happened,
    documents: () => documents.size,
    at: (next) => {
      place = next
    },
    async look() {
      for (const frame of page.frames()) {
        const { found, body } = await livingIn(frame, frame === page.mainFrame(), own)
        for (const live of found) note(live)
        if (frame !== page.mainFrame() && body !== '') documents.add(body)
      }
    },
  }
}

const isForeign = (url: string, own: string) => /^(https?|wss?|ftp):/.test(url) && !sameHost(url, own)
const sameHost = (url: string, own: string) => new URL(url).host === new URL(own).host

/** Runs in every frame before anything else: whoever is called was reached by a stranger. */
function tell() {
  const ran = (what: string) => (globalThis as unknown as { foyerRan?: (w: string) => void }).foyerRan?.(what)
  for (const name of ['alert', 'confirm', 'prompt', 'print'] as const)
    Object.defineProperty(globalThis, name, { value: (words: unknown) => ran(`${name} ${String(words)}`) })
}

/** Handlers, foreign elements and links that are not plain, as they stand in one frame's document. */
async function livingIn(
  frame: Frame,
  isDesk: boolean,
  own: string,
): Promise<{ found: string[]; body: string }> {
  return frame
    .evaluate(
      ({ isDesk, own }) => {
        const found: string[] = []
        const never = 'script, object, embed, applet, base, link, frame, meta, noscript, template, [srcdoc]'
        const neverInMail = `${never}, form, input, button, select, textarea, iframe, svg, math, video, audio, dialog, style`
        for (const each of document.body?.querySelectorAll('*') ?? []) {
          const tag = each.outerHTML.slice(0, 120)
          if (!isDesk && each.matches(neverInMail)) found.push(`stands ${tag}`)
          for (const { name } of each.attributes) if (/^on/i.test(name)) found.push(`handles ${tag}`)
          const target = each.getAttribute('href') ?? each.getAttribute('xlink:href')
          if (target === null) continue
          if (/^\W*(javascript|data|vbscript|file|blob):/i.test(target.trim())) found.push(`links ${tag}`)
          if (isDesk) continue
          if (!/^(https?:\/\/|mailto:|tel:)/i.test(target)) found.push(`links ${tag}`)
          if (target.startsWith(own)) found.push(`pretends ${tag}`)
          if ((each.getAttribute('target') ?? '_blank') !== '_blank') found.push(`stays ${tag}`)
        }
        for (const each of isDesk ? document.querySelectorAll('iframe') : [])
          if (!each.hasAttribute('sandbox') || each.sandbox.contains('allow-scripts'))
            found.push(`lets ${each.outerHTML.slice(0, 120)}`)
        return { found, body: isDesk ? '' : (document.body?.innerHTML ?? '') }
      },
      { isDesk, own },
    )
    .catch((error: Error) => {
      // A frame that is gone by now held nothing any more.
      if (/detached|destroyed|closed|navigat/i.test(error.message)) return { found: [], body: '' }
      throw error
    })
}
