// Other people's HTML made harmless. What comes out is shown in a sandboxed frame under a strict policy as well:
// neither guard relies on the other.
import sanitize from 'sanitize-html'

/** Counted up when the rules below get stricter: what was stored under an older number is made safe again. */
export const safeHtmlVersion = 1
/** characters; more is not shown as HTML (the text stays) */
const maxLength = 2_000_000

const properties =
  /^(color|background-color|font|font-(family|size|style|weight)|text-(align|decoration|indent|transform)|line-height|letter-spacing|vertical-align|white-space|direction|width|max-width|min-width|height|max-height|padding(-\w+)?|margin(-\w+)?|border(-[\w-]+)?|display|list-style(-type)?|table-layout)$/
/** url() would fetch, expression() run, \ hide either. */
const harmful = /url\s*\(|expression|image-set|@|\\|javascript|[<>{}]/i

function safeStyle(style: string): string {
  return style
    .slice(0, 2000)
    .split(';')
    .map((declaration) => declaration.trim())
    .filter((declaration) => {
      const [name = '', value = ''] = declaration.split(/:(.*)/s)
      return properties.test(name.trim().toLowerCase()) && value !== '' && !harmful.test(value)
    })
    .join('; ')
}

const blocks = [
  'div',
  'p',
  'blockquote',
  'pre',
  'hr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'center',
  'address',
]
const lists = ['ul', 'ol', 'li', 'dl', 'dt', 'dd']
const tables = ['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'caption', 'colgroup', 'col']
const words =
  'a b i u s em strong small big sub sup span font br code kbd samp tt var q cite del ins mark abbr bdi bdo img wbr'
const options: sanitize.IOptions = {
  allowedTags: [...blocks, ...lists, ...tables, ...words.split(' ')],
  allowedAttributes: {
    '*': ['style', 'dir', 'lang', 'title', 'align', 'valign', 'width', 'height', 'bgcolor', 'color'],
    a: ['href', 'rel', 'target'],
    img: ['src', 'alt'],
    font: ['face', 'size'],
    table: ['border', 'cellpadding', 'cellspacing'],
    td: ['colspan', 'rowspan', 'nowrap'],
    th: ['colspan', 'rowspan', 'nowrap', 'scope'],
    ol: ['start', 'type'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https', 'cid', 'data'] },
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  nonTextTags: [
    'style',
    'script',
    'textarea',
    'option',
    'noscript',
    'title',
    'template',
    'head',
    'svg',
    'math',
  ],
  parseStyleAttributes: false,
  transformTags: {
    '*': (tagName, { style, ...attribs }) => ({
      tagName,
      attribs: style ? { ...attribs, style: safeStyle(style) } : attribs,
    }),
    a: (tagName, { style, ...attribs }) => ({
      tagName,
      attribs: {
        ...attribs,
        ...(style ? { style: safeStyle(style) } : {}),
        rel: 'noopener noreferrer nofollow',
        target: '_blank',
      },
    }),
  },
  exclusiveFilter: ({ tag, attribs }) =>
    tag === 'img' && /^\s*data:/i.test(attribs.src ?? '') && !dataPicture.test(attribs.src ?? ''),
}
const dataPicture = /^data:image\/(png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]*$/i

/** @returns the harmless part of it; pictures of the mail stay `cid:`, remote ones keep their address */
export const safeHtml = (html: string): string => (html.length > maxLength ? '' : sanitize(html, options))
