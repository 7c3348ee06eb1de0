// What stands in the writing area, and what is kept and sent of it. A line is a paragraph of the editor and a <div> of
// the mail, so that what one sees is what mail programs show, and plain text goes in and out unchanged. Pure.

/** The editor's document, as far as it is looked at here. */
export interface Node {
  type?: string
  text?: string
  attrs?: Record<string, unknown>
  marks?: { type: string; attrs?: Record<string, unknown> }[]
  content?: Node[]
}
/** html is null where plain text says it all. */
export interface Words {
  text: string
  html: string | null
}

/** A variable nobody could fill in: it is seen, and stops the sending. */
export const blanks = /\{\{\s*([\p{L}\w.]+(?:\s*\|[^{}]*)?)\s*\}\}/gu
export const blanksIn = (text: string): string[] => [
  ...new Set([...text.matchAll(blanks)].map((match) => match[1]?.split('|')[0]?.trim() ?? '')),
]

export function wordsOf(doc: Node): Words {
  const blocks = doc.content ?? []
  const text = blocks.flatMap((block) => linesOf(block)).join('\n')
  return { text, html: blocks.every(isPlain) ? null : blocks.map(htmlOf).join('') }
}

/** A document of plain lines. */
export function docOf(text: string): Node {
  return {
    type: 'doc',
    content: text.split('\n').map((line) => ({ type: 'paragraph', content: inline(line) })),
  }
}

/** A line of text with its unfilled variables as nodes of their own. */
export function inline(line: string): Node[] {
  const nodes: Node[] = []
  let at = 0
  for (const match of line.matchAll(blanks)) {
    if (match.index > at) nodes.push({ type: 'text', text: line.slice(at, match.index) })
    nodes.push({ type: 'blank', attrs: { name: match[1] ?? '' } })
    at = match.index + match[0].length
  }
  if (at < line.length) nodes.push({ type: 'text', text: line.slice(at) })
  return nodes
}

const isPlain = (block: Node): boolean =>
  block.type === 'paragraph' &&
  (block.content ?? []).every(
    (node) =>
      node.type === 'blank' ||
      node.type === 'hardBreak' ||
      (node.type === 'text' && (node.marks ?? []).every((mark) => isBareLink(mark, node.text ?? ''))),
  )
/** An address that is its own text becomes a link again by itself. */
const isBareLink = (mark: { type: string; attrs?: Record<string, unknown> }, text: string) =>
  mark.type === 'link' && (mark.attrs?.href === text || mark.attrs?.href === `mailto:${text}`)

function linesOf(block: Node): string[] {
  const children = block.content ?? []
  const inner = () => children.flatMap((child) => linesOf(child))
  switch (block.type) {
    case 'paragraph':
    case 'codeBlock':
      return textOf(children).split('\n')
    case 'blockquote':
      return inner().map((line) => `> ${line}`.trimEnd())
    case 'bulletList':
      return children.flatMap((item) => marked(item, '* '))
    case 'orderedList':
      return children.flatMap((item, index) => marked(item, `${startOf(block) + index}. `))
    default:
      return inner()
  }
}
const startOf = (list: Node) => Number(list.attrs?.start ?? 1) || 1
const marked = (item: Node, mark: string) =>
  (item.content ?? [])
    .flatMap((child) => linesOf(child))
    .map((line, index) => (index === 0 ? mark : ' '.repeat(mark.length)) + line)

/** Neighbours under one link are one link: its address follows once. */
function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node, index) => {
      if (node.type === 'hardBreak') return '\n'
      if (node.type === 'blank') return `{{${String(node.attrs?.name ?? '')}}}`
      const href = hrefOf(node)
      const text = node.text ?? ''
      if (!href || hrefOf(nodes[index + 1]) === href) return text
      return isBareLink({ type: 'link', attrs: { href } }, text) ? text : `${text} <${href}>`
    })
    .join('')
}
const hrefOf = (node: Node | undefined) => {
  const href = node?.marks?.find((mark) => mark.type === 'link')?.attrs?.href
  return typeof href === 'string' ? href : null
}

const quoteStyle = 'margin:0 0 0 0.8ex;border-left:2px solid #ccc;padding-left:1ex'
const listStyle = 'margin:0;padding-left:2em'
const codeStyle = 'white-space:pre-wrap;font-family:monospace'

function htmlOf(block: Node): string {
  const children = block.content ?? []
  switch (block.type) {
    case 'paragraph':
      return `<div>${inlineHtml(children) || '<br>'}</div>`
    case 'codeBlock':
      return `<pre style="${codeStyle}">${escapeHtml(textOf(children))}</pre>`
    case 'blockquote':
      return `<blockquote style="${quoteStyle}">${children.map(htmlOf).join('')}</blockquote>`
    case 'bulletList':
      return `<ul style="${listStyle}">${children.map(itemHtml).join('')}</ul>`
    case 'orderedList': {
      const start = startOf(block)
      return `<ol${start === 1 ? '' : ` start="${start}"`} style="${listStyle}">${children.map(itemHtml).join('')}</ol>`
    }
    default:
      return children.map(htmlOf).join('')
  }
}
function itemHtml(item: Node): string {
  const children = item.content ?? []
  const alone =
    children[0]?.type === 'paragraph' && children.slice(1).every((each) => /List$/.test(each.type ?? ''))
  const parts = children.map((child, index) =>
    alone && index === 0 ? inlineHtml(child.content ?? []) : htmlOf(child),
  )
  return `<li>${parts.join('')}</li>`
}

const tags: Record<string, string> = { bold: 'strong', italic: 'em', strike: 's', code: 'code' }
function inlineHtml(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'hardBreak') return '<br>'
      if (node.type === 'blank') return `{{${escapeHtml(String(node.attrs?.name ?? ''))}}}`
      if (node.type === 'image') return pictureHtml(node.attrs ?? {})
      return (node.marks ?? []).reduce(
        (html, mark) => {
          if (mark.type === 'link')
            return `<a href="${escapeHtml(String(mark.attrs?.href ?? ''))}">${html}</a>`
          const tag = tags[mark.type]
          return tag ? `<${tag}>${html}</${tag}>` : html
        },
        spaces(escapeHtml(node.text ?? '')),
      )
    })
    .join('')
}
function pictureHtml({ src, alt, width }: Record<string, unknown>): string {
  const size = Number(width) > 0 ? ` width="${Number(width)}"` : ''
  return `<img src="${escapeHtml(String(src ?? ''))}" alt="${escapeHtml(String(alt ?? ''))}"${size}>`
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (char) => escapes[char] ?? char)
/** Runs of blanks keep their width. */
const spaces = (html: string) => html.replace(/ {2,}/g, (run) => `${'&nbsp;'.repeat(run.length - 1)} `)

/** Ids of the uploads that stand as pictures between the words. */
export const picturesIn = (html: string | null): string[] =>
  [...(html ?? '').matchAll(/<img [^>]*src="[^"]*\/api\/v1\/attachments\/(\d+)"/g)].map(
    (match) => match[1] ?? '',
  )
