import sanitize from 'sanitize-html'
import { textToHtml } from '#shared/text/text-to-html.ts'
import { htmlToText, nesting } from './html-to-text.ts'
import { safeStyle } from './safe-style.ts'

/** Counted up when the rules below get stricter: what was stored under an older number is made safe again. */
export const safeHtmlVersion = 2

/** Longer or more tangled HTML is shown as text: making it safe would take seconds. */
const maxLength = 1_000_000
const maxTags = 40_000
const maxNesting = 500
/** Elements deeper than this lose their tags, not their text. */
const depth = 120

type Attributes = Record<string, string>

const tags = (
  'a abbr address article b big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption ' +
  'figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span ' +
  'strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr'
).split(' ')
const attributes = (
  'abbr align alt bgcolor border cellpadding cellspacing class color cols colspan dir face headers height href lang ' +
  'nowrap rel rowspan size span src start style target title type valign width'
).split(' ')
/** Elements that go with all that is in them. */
const dropped = (
  'applet audio canvas embed frameset iframe math noembed noframes noscript object option script select style svg ' +
  'template textarea title video xmp xml'
).split(' ')

const options: sanitize.IOptions = {
  allowedTags: tags,
  allowedAttributes: { '*': attributes },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['cid', 'http', 'https'] },
  allowProtocolRelative: false,
  nonTextTags: dropped,
  disallowedTagsMode: 'discard',
  nestingLimit: depth,
  parseStyleAttributes: false,
  transformTags: { '*': transform, body: transformBody },
}

/**
 * HTML as received, made harmless to show: no scripts, forms, frames, handlers, style sheets; links that open
 * elsewhere; pictures only from the mail itself (`cid:`) or the web (`http`, for the console to block or proxy);
 * a short list of CSS properties. Quoted history carries the class `foyer-quote`, what the sender's program put
 * below as signature `foyer-signature`. Too large or too deeply nested documents become text.
 */
export function safeHtml(html: string): string {
  if (html.length > maxLength || countTags(html) > maxTags || nesting(html) > maxNesting)
    return textToHtml(htmlToText(html))
  return sanitize(html, options)
}

function countTags(html: string): number {
  let count = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) count++
  return count
}

/** The body's colours stay, on an element of ours. */
function transformBody(_: string, attribs: Attributes): sanitize.Tag {
  return transform('div', attribs)
}

function transform(tagName: string, attribs: Attributes): sanitize.Tag {
  const kept: Attributes = {}
  for (const [name, value] of Object.entries(attribs))
    if (
      attributes.includes(name) &&
      !/^(?:class|href|rel|src|style|target)$/.test(name) &&
      value.length < 1000
    )
      kept[name] = value
  const style = attribs.style ? safeStyle(attribs.style) : ''
  if (style) kept.style = style
  if (isQuote(tagName, attribs)) kept.class = 'foyer-quote'
  else if (isSignature(attribs)) kept.class = 'foyer-signature'
  if (tagName === 'a') Object.assign(kept, linkAttributes(attribs.href))
  if (tagName === 'img') Object.assign(kept, pictureAttributes(attribs.src))
  return { tagName, attribs: kept }
}

/** Addresses without blanks and control characters, which browsers drop, so that the scheme seen is the one used. */
const bare = (url: string): string =>
  url.replace(/[\p{Cc}\p{Z}]+/gu, (run) => (/^ +$/.test(run) ? ' ' : '')).trim()

function linkAttributes(href: string | undefined): Attributes {
  const url = bare(href ?? '')
  const full = /^www\./i.test(url) ? `http://${url}` : url
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(full) || full.length > 8000) return {}
  return { href: full.replaceAll(' ', '%20'), rel: 'noopener noreferrer nofollow', target: '_blank' }
}

function pictureAttributes(src: string | undefined): Attributes {
  const url = bare(src ?? '')
  const full = url.startsWith('//') ? `https:${url}` : url
  return /^(?:cid:|https?:\/\/)/i.test(full) && full.length <= 8000
    ? { src: full.replaceAll(' ', '%20') }
    : {}
}

/** Where Gmail, Apple Mail, Thunderbird, Outlook, Yahoo, Yandex and Mail.ru put the history. */
function isQuote(tagName: string, attribs: Attributes): boolean {
  if (tagName === 'blockquote' && attribs.type === 'cite') return true
  const marks = `${attribs.class ?? ''} ${attribs.id ?? ''}`
  return /(?:^|[\s_-])(?:gmail_quote(?:_container)?|gmail_extra|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-quote-collapse|mailru-blockquote|protonmail_quote|tutanota_quote|zmail_extra|WordSection-quote)(?:$|[\s_-])/.test(
    marks,
  )
}

/** What Gmail, Outlook, Apple Mail, Thunderbird, Yahoo, Proton and eM Client call their signatures. */
function isSignature(attribs: Attributes): boolean {
  const marks = `${attribs.class ?? ''} ${attribs.id ?? ''}`
  return /(?:^|\s)(?:gmail_signature|moz-signature|Signature|ms-outlook-mobile-signature|AppleMailSignature|yahoo-signature|protonmail_signature_block|emclient-signature|tutanota_signature|yandex-signature)(?:$|\s)/.test(
    marks,
  )
}
