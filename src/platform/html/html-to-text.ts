import { createRequire } from 'node:module'

/** The part of html-to-text (which brings no types) that is used. */
type Compile = (options: object) => (html: string) => string
const require = createRequire(import.meta.url)
/** Longer HTML is cut before it is read: its text would not be read by anybody. */
const maxLength = 2_000_000
interface Builder {
  openBlock(options: object): void
  closeBlock(options: object): void
  addInline(text: string): void
}
type Walk = (children: unknown, builder: Builder) => void

/** A cell's words are parted from the next cell's; a row is a line. Most tables in mail are for layout. */
const formatters = {
  cell(element: { children: unknown }, walk: Walk, builder: Builder): void {
    walk(element.children, builder)
    builder.addInline(' ')
  },
  row(element: { children: unknown }, walk: Walk, builder: Builder): void {
    builder.openBlock({ leadingLineBreaks: 1 })
    walk(element.children, builder)
    builder.closeBlock({ trailingLineBreaks: 1 })
  },
}
const options = {
  formatters,
  wordwrap: false,
  limits: { maxDepth: 100, maxChildNodes: 20_000, maxBaseElements: 10 },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'table', format: 'block' },
    { selector: 'tr', format: 'row' },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
    { selector: 'ul', options: { itemPrefix: '* ' } },
    {
      selector: 'a',
      options: {
        hideLinkHrefIfSameAsText: true,
        ignoreHref: false,
        noAnchorUrl: true,
        linkBrackets: ['<', '>'],
      },
    },
    { selector: 'blockquote', format: 'blockquote', options: { trimEmptyLines: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ...['style', 'script', 'title', 'head', 'template', 'noscript'].map((selector) => ({
      selector,
      format: 'skip',
    })),
  ],
}
let convert: ((html: string) => string) | undefined

/** Readable text of HTML: quotes with `>`, links behind their words, no pictures. Hostile nesting ends in plain tag removal. */
export function htmlToText(document: string): string {
  const html = document.slice(0, maxLength)
  if (nesting(html) > 2000) return stripTags(html)
  convert ??= (require('html-to-text') as { compile: Compile }).compile(options)
  try {
    return convert(html)
      .replace(/\u00a0/g, ' ')
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .replace(/\n{4,}/g, '\n\n\n')
      .trim()
  } catch {
    return stripTags(html)
  }
}

/** How deep elements stand inside one another, roughly and quickly; parsers recurse that deep. */
export function nesting(html: string): number {
  let depth = 0
  let deepest = 0
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (/^(br|img|hr|meta|link|input|col|area|p|li|td|tr|th)$/i.test(match[2]!)) continue
    depth = Math.max(0, depth + (match[1] ? -1 : 1))
    if (depth > deepest) deepest = depth
  }
  return deepest
}

function stripTags(html: string): string {
  return html
    .slice(0, maxLength)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim()
}
