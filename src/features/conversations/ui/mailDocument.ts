// A stranger's HTML made into a document for the sandboxed frame. The server has sanitised it; here it gets a policy
// that lets nothing run, nothing load and nothing be sent, save our own copies of its pictures.

export interface Pictures {
  /** contentId → URL on this server. */
  inline: ReadonlyMap<string, string>
  /** Remote pictures may be fetched, through the proxy, never by the browser itself. */
  remote: boolean
}

/** Whether the plain text shows the same: no pictures, tables, lists, links with words of their own, or emphasis. */
export const plainEnough = (html: string): boolean =>
  !/<(?:img|table|ul|ol|a|b|i|u|s|strike|strong|em|h[1-6]|hr|pre|code|font|center|figure|svg)\b/i.test(html)

/** The mail sets colours of its own: it is shown on white, as its writer saw it. */
export const hasOwnColours = (html: string): boolean => /\b(?:background|bgcolor|color)\s*[:=]/i.test(html)

/** The server has marked history or a signature in it. */
export const hasFold = (html: string): boolean => html.includes('class="foyer-fold"')

/** How many remote pictures a person would see; counting pixels are no pictures. */
export function countRemote(html: string): number {
  if (!/<img\b[^>]*\ssrc="?(?:https?:)?\/\//i.test(html)) return 0
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  return [...parsed.images].filter((image) => isRemote(image.getAttribute('src')) && !isPixel(image)).length
}

/** @param look a style sheet of ours; the mail's own styles are in its elements and go before */
export function mailDocument(html: string, pictures: Pictures, look: string, origin: string): string {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  for (const image of parsed.images) showPicture(image, pictures)
  for (const each of parsed.querySelectorAll('[background]')) each.removeAttribute('background')
  for (const link of parsed.querySelectorAll('a')) link.setAttribute('rel', 'noopener noreferrer nofollow')
  for (const each of parsed.querySelectorAll('script, iframe, object, embed, form, meta, base, link, style'))
    each.remove()
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy(origin)}"><meta name="referrer" content="no-referrer"><base target="_blank"><style>${look}</style></head><body dir="auto">${parsed.body.innerHTML}</body></html>`
}

const policy = (origin: string) =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `font-src ${origin}/assets/`,
    `img-src data: ${origin}/api/v1/attachments/ ${origin}/api/v1/pictures`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ')

function showPicture(image: HTMLImageElement, { inline, remote }: Pictures) {
  const source = image.getAttribute('src') ?? ''
  image.removeAttribute('srcset')
  image.setAttribute('loading', 'lazy')
  image.setAttribute('decoding', 'async')
  if (source.toLowerCase().startsWith('cid:')) {
    const url = inline.get(contentId(source.slice(4)))
    if (url) image.setAttribute('src', url)
    else image.removeAttribute('src')
  } else if (isRemote(source)) {
    if (remote && !isPixel(image)) image.setAttribute('src', proxied(source))
    else {
      image.setAttribute('src', nothing)
      image.toggleAttribute('data-blocked', !isPixel(image))
    }
  } else if (!source.startsWith('data:image/')) image.removeAttribute('src')
}

/** A transparent point: the place of a picture stays, nothing is fetched. */
const nothing = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='
export const proxied = (url: string) =>
  `/api/v1/pictures?url=${encodeURIComponent(url.startsWith('//') ? `https:${url}` : url)}`
const isRemote = (source: string | null) => /^(?:https?:)?\/\//i.test(source ?? '')
const isPixel = (image: HTMLImageElement) =>
  ['width', 'height'].some((name) => /^[0-2](?:px)?$/.test(image.getAttribute(name) ?? ''))
export const contentId = (given: string) => {
  try {
    return decodeURIComponent(given).replace(/^<|>$/g, '')
  } catch {
    return given
  }
}
