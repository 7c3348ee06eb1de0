// A mail's HTML as lines, so that what folds the history of texts folds that of HTML too.
import type { parseDocument } from 'htmlparser2'
import { attribution, headerLabel, isForwardMark } from '#shared/text/history-marks.ts'
import type { Line } from '#shared/text/lines.ts'

export type Root = ReturnType<typeof parseDocument>
export type HtmlNode = Root['children'][number]
export type HtmlElement = Extract<HtmlNode, { attribs: unknown }>
type TextNode = Extract<HtmlNode, { type: 'text' }>

/** A line with the leaves it is made of: words, pictures, line ends. */
export interface HtmlLine extends Line {
  leaves: HtmlNode[]
  picture: boolean
  /** inside what the mail's program marked as its signature */
  signature: boolean
}

const blocks = new Set(
  (
    'address article blockquote center dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre ' +
    'section table tbody tfoot thead tr ul'
  ).split(' '),
)
/** Blocks with room above and below: as good as an empty line. */
const roomy = new Set('blockquote h1 h2 h3 h4 h5 h6 hr ol p pre table ul'.split(' '))

export const isElement = (node: HtmlNode): node is HtmlElement => 'attribs' in node
const isText = (node: HtmlNode): node is TextNode => node.type === 'text'
const hasClass = (node: HtmlElement, name: string) => node.attribs.class === name

export function htmlLines(root: Root): HtmlLine[] {
  const walk = new Walk()
  for (const node of [...root.children]) walk.enter(node, { quoted: false, signature: false, pre: false })
  walk.end()
  return walk.lines
}

interface Around {
  quoted: boolean
  signature: boolean
  pre: boolean
}

class Walk {
  lines: HtmlLine[] = []
  private text = ''
  private leaves: HtmlNode[] = []
  private picture = false
  private around: Around = { quoted: false, signature: false, pre: false }

  enter(node: HtmlNode, around: Around): void {
    if (isText(node)) this.words(node, around)
    else if (!isElement(node)) return
    else if (node.name === 'br') this.breakAt(node, around)
    else if (node.name === 'img') this.show(node, around)
    else if (node.name === 'hr') this.rule(node, around)
    else this.into(node, around)
  }

  private into(node: HtmlElement, around: Around): void {
    const block = blocks.has(node.name)
    if (block) this.begin(roomy.has(node.name))
    const inside = {
      quoted: around.quoted || this.isHistory(node),
      signature: around.signature || hasClass(node, 'foyer-signature'),
      pre: around.pre || node.name === 'pre',
    }
    for (const child of [...node.children]) this.enter(child, inside)
    if (block) this.begin(roomy.has(node.name))
    else if (node.name === 'td' || node.name === 'th') this.text += ' '
  }

  /** The line that is being filled ends, if there is anything in it. */
  end(): void {
    if (this.leaves.length === 0) return
    const text = this.text.replace(/[\s\u00a0]+/g, ' ').trim()
    const quoted = this.around.quoted || /^(?:>|›)/.test(text)
    const blank = text === '' && !this.picture
    const { leaves, picture } = this
    this.lines.push({
      from: 0,
      to: 0,
      text,
      quoted,
      blank,
      leaves,
      picture,
      signature: this.around.signature,
    })
    this.text = ''
    this.leaves = []
    this.picture = false
  }

  private begin(room: boolean): void {
    this.end()
    const last = this.lines.at(-1)
    if (room && last && !last.blank)
      this.lines.push({ ...last, text: '', blank: true, leaves: [], picture: false })
  }

  private words(node: TextNode, around: Around): void {
    const parts = around.pre && node.data.includes('\n') ? splitAtBreaks(node) : [node]
    for (const part of parts) {
      // Blanks between blocks are no line.
      if (this.leaves.length === 0 && part.data.trim() === '' && !around.pre) continue
      this.add(part, around)
      this.text += part.data
      if (around.pre && part.data.endsWith('\n')) this.end()
    }
  }

  private breakAt(node: HtmlNode, around: Around): void {
    this.add(node, around)
    this.end()
  }

  /** A picture above the history is an answer; one below it is a logo or a counting pixel. */
  private show(node: HtmlElement, around: Around): void {
    this.add(node, around)
    if (isPixel(node)) return
    this.picture = true
    if (!this.lines.some((line) => line.quoted)) this.text += '▣'
  }

  private rule(node: HtmlNode, around: Around): void {
    this.begin(true)
    this.add(node, around)
    this.text = '_'.repeat(10)
    this.begin(true)
  }

  private add(node: HtmlNode, around: Around): void {
    if (this.leaves.length === 0) this.around = around
    this.leaves.push(node)
  }

  /** Quotes marked by the mail's program, and indented ones below "Anna wrote:". */
  private isHistory(node: HtmlElement): boolean {
    const marked = hasClass(node, 'foyer-quote')
    if (!marked && node.name !== 'blockquote') return false
    const first = firstWords(node)
    if (isForwardMark(first)) return false
    if (node.name === 'blockquote') return marked || this.isIntroduced()
    return first !== '' && !holdsQuote(node) && headerLabel(first) === null && attribution(first) === null
  }

  private isIntroduced(): boolean {
    const above = this.lines.filter((line) => !line.blank).slice(-3)
    return above.some(
      (_, at) =>
        attribution(
          above
            .slice(at)
            .map((line) => line.text)
            .join(' '),
        ) !== null,
    )
  }
}

const isPixel = ({ attribs }: HtmlElement) =>
  ['width', 'height'].some((name) => /^[0-2](?:px)?$/.test(attribs[name] ?? ''))

function holdsQuote(node: HtmlElement): boolean {
  return node.children.some((child) => isElement(child) && (child.name === 'blockquote' || holdsQuote(child)))
}

function firstWords(node: HtmlNode): string {
  if (isText(node)) return node.data.trim()
  if (!isElement(node)) return ''
  for (const child of node.children) {
    const words = firstWords(child)
    if (words) return words
  }
  return ''
}

/** More lines in one piece are no mail. */
const maxPieces = 10_000
/** Preformatted words: each line gets a node of its own, so that it can be folded alone. */
function splitAtBreaks(node: TextNode): TextNode[] {
  const pieces = node.data.split(/(?<=\n)/)
  if (pieces.length > maxPieces) return [node]
  const parts = pieces.map((data) => {
    const part = node.cloneNode() as TextNode
    part.data = data
    part.parent = node.parent
    return part
  })
  const siblings = node.parent?.children
  siblings?.splice(siblings.indexOf(node), 1, ...parts)
  return parts
}
