// A conversation as one HTML page: every message in full, safe by what is left out (scripts, remote pictures) and by a
// policy written into it, so that it stays harmless as a file on somebody's disk.
import { pictureType } from '#features/attachments/attachments.ts'
import type {
  Attachment,
  Comment,
  Item,
  Message,
  TimelineEvent,
} from '#features/conversations/conversations.contract.ts'
import * as conversations from '#features/conversations/conversations.ts'
import type { House } from '#platform/house.ts'
import { showPictures } from '#platform/html/show-pictures.ts'
import { text as say } from '#platform/texts/texts.ts'
import { eventWords } from '#shared/text/event-words.ts'
import { previewKind } from '#shared/text/preview-kind.ts'
import { escapeHtml, textToHtml } from '#shared/text/text-to-html.ts'
import { documentStyle } from './document-style.ts'

export interface DocumentOptions {
  reader: string
  language: string
  comments?: boolean
  history?: boolean
  /** what was done, a line each: assigned, closed, tagged */
  events?: boolean
  zone?: string
}
/** items; a longer conversation is cut at its beginning */
const mostItems = 2000
/** bytes of one picture, and of all of them in one page */
const largestPicture = 5 * 1024 * 1024
const allPictures = 40 * 1024 * 1024

export async function conversationDocument(
  house: House,
  id: string,
  options: DocumentOptions,
): Promise<{ subject: string; html: string }> {
  const conversation = await conversations.showConversation(house.db, id, options.reader)
  const items = await allItems(house, id, options.language)
  const page = new Page(house, options)
  const parts: string[] = []
  for (const item of items) parts.push(await page.item(item))
  const { subject, number, customer, inbox } = conversation
  const title = escapeHtml(subject || page.say('console:noSubject'))
  const about = [
    `${page.say('timeline:documentNumber', { number })}`,
    [customer.name, customer.address].filter(Boolean).join(', '),
    inbox.name,
    page.say('timeline:documentMade', { time: page.time(house.clock.now().toISOString()) }),
  ]
  return {
    subject,
    html: `<!doctype html>
<html lang="${escapeHtml(options.language)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">
<title>${title}</title><style>${documentStyle(options.history ?? false)}</style></head>
<body><header><h1 dir="auto">${title}</h1><p>${about.map(escapeHtml).join(' · ')}</p></header>
<main>
${parts.filter(Boolean).join('\n')}
</main>
</body></html>
`,
  }
}

async function allItems({ db }: House, id: string, language: string): Promise<Item[]> {
  let items: Item[] = []
  let cursor: string | undefined
  do {
    const page = await conversations.itemsBefore(db, id, cursor, 200, language)
    items = [...page.items, ...items]
    cursor = page.olderCursor ?? undefined
  } while (cursor && items.length < mostItems)
  return items
}

class Page {
  private house: House
  private options: DocumentOptions
  private format: Intl.DateTimeFormat
  private left = allPictures

  constructor(house: House, options: DocumentOptions) {
    this.house = house
    this.options = options
    this.format = timeFormat(options.language, options.zone)
  }

  say(key: string, params: Record<string, unknown> = {}): string {
    return say(this.options.language, key, params)
  }
  time(at: string): string {
    return this.format.format(new Date(at))
  }

  async item(item: Item): Promise<string> {
    if (item.type === 'message') return item.state === 'cancelled' ? '' : this.message(item)
    if (item.type === 'comment') return this.options.comments && !item.deletedAt ? this.comment(item) : ''
    return this.options.events ? this.event(item) : ''
  }

  private event(event: TimelineEvent): string {
    const words = eventWords(event, {
      t: (key, params) => this.say(key, params),
      time: (at) => this.time(at),
    })
    return `<p class="event">${escapeHtml(words)} <time datetime="${event.at}">${escapeHtml(this.time(event.at))}</time></p>`
  }

  private async message(message: Message): Promise<string> {
    const name = message.author.name ?? message.from?.name ?? message.from?.address ?? ''
    const people = [...message.to, ...message.cc].map((each) =>
      each.name ? `${each.name} <${each.address}>` : each.address,
    )
    const inline = new Map(
      message.attachments.flatMap((file) => (file.contentId ? [[file.contentId, file.id]] : [])),
    )
    const words = message.html
      ? await showPictures(message.html, (src) => this.picture(src, inline))
      : this.text(message)
    const to = people.length > 0 ? this.say('console:toNames', { names: people.join(', ') }) : ''
    return this.part(message.direction === 'out' ? 'ours' : 'theirs', message, name, to, words)
  }

  private text({ text, fold }: Message): string {
    if (!fold) return textToHtml(text)
    const history = `<div class="foyer-fold">${textToHtml(text.slice(fold.from, fold.to))}</div>`
    return textToHtml(text.slice(0, fold.from)) + history + textToHtml(text.slice(fold.to))
  }

  private comment(comment: Comment): Promise<string> {
    const words = comment.html ?? textToHtml(comment.text)
    return this.part('comment', comment, comment.author.name ?? '', this.say('console:internal'), words)
  }

  private async part(
    kind: string,
    item: Message | Comment,
    name: string,
    about: string,
    words: string,
  ): Promise<string> {
    const files = item.attachments.filter((file) => !file.inline)
    const list = files.map((file) => `<li>${escapeHtml(file.name)} (${sizeOf(file.size)})</li>`).join('')
    return `<article class="${kind}"><h2><b>${escapeHtml(name)}</b> <span>${escapeHtml(about)}</span>
<time datetime="${item.at}">${escapeHtml(this.time(item.at))}</time></h2><div class="words" dir="auto">${words}</div>${
      list && `<ul class="files">${list}</ul>`
    }${(await this.attached(files)).join('')}</article>`
  }

  /** Pictures that came as files are part of what was said. */
  private async attached(files: Attachment[]): Promise<string[]> {
    const shown: string[] = []
    for (const file of files) {
      const address = previewKind(file) === 'picture' ? await this.asAddress(file.id) : null
      if (address) shown.push(`<img class="attached" src="${address}" alt="${escapeHtml(file.name)}">`)
    }
    return shown
  }

  /** A picture of the mail itself, inside the page; remote ones would tell their sender who reads. */
  private async picture(src: string, inline: Map<string, string>): Promise<string | null> {
    const id = /^cid:/i.test(src) ? inline.get(contentId(src.slice(4))) : undefined
    return id ? this.asAddress(id) : null
  }

  private async asAddress(id: string): Promise<string | null> {
    const row = await this.house.db
      .selectFrom('attachments')
      .select(['file', 'size'])
      .where('id', '=', id)
      .where('seal', 'is', null)
      .executeTakeFirst()
    if (!row || Number(row.size) > Math.min(largestPicture, this.left)) return null
    const bytes = await this.house.files.read(row.file)
    const type = pictureType(bytes)
    if (!type) return null
    this.left -= bytes.length
    return `data:${type};base64,${bytes.toString('base64')}`
  }
}

function contentId(given: string): string {
  try {
    return decodeURIComponent(given).replace(/^<|>$/g, '')
  } catch {
    return given
  }
}

function timeFormat(language: string, timeZone = 'UTC'): Intl.DateTimeFormat {
  const how = { dateStyle: 'long', timeStyle: 'short' } as const
  try {
    return new Intl.DateTimeFormat(language, { ...how, timeZone })
  } catch {
    return new Intl.DateTimeFormat(language, { ...how, timeZone: 'UTC' })
  }
}

const sizeOf = (bytes: number) =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1e6
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1e6).toFixed(1)} MB`
