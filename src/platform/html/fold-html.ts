import { DomUtils, parseDocument } from 'htmlparser2'
import { type FoldedLines, foldLines } from '#shared/text/fold.ts'
import { type HtmlLine, type HtmlNode, htmlLines, isElement } from './html-lines.ts'

/** The class of what is shown folded; no mail can bring it, safeHtml drops classes. */
export const foldClass = 'foyer-fold'
const said = /[\p{L}\p{N}\p{S}]/u

/**
 * Marks history and signature in HTML that safeHtml made, by the rules that fold texts: answers between quotes are
 * never folded, forwarded mail is whole, and something is always left to read. Without folds: the very same HTML.
 */
export function foldHtml(safe: string, { subject = '' }: { subject?: string } = {}): string {
  const root = parseDocument(safe)
  const lines = htmlLines(root)
  const folded = new Set(foldedLines(lines, subject))
  const isOpen = (line: HtmlLine, at: number) => !folded.has(at) && (said.test(line.text) || line.picture)
  if (folded.size === 0 || !lines.some(isOpen)) return safe
  const leaves = new Set([...folded].flatMap((at) => lines[at]!.leaves))
  for (const child of [...root.children]) if (cover(child, leaves) === 'all') mark(child)
  return DomUtils.getInnerHTML(root, { encodeEntities: 'utf8' })
}

function foldedLines(lines: HtmlLine[], subject: string): number[] {
  const spans = [...foldLines(lines, subject), ...markedSignatures(lines)]
  const inside = new Set<number>()
  for (const { first, end } of spans) for (let at = first; at < end; at++) inside.add(at)
  if (inside.size === 0) return []
  // Empty lines above a fold, and between it and the next or the end, would be a hole.
  for (let at = lines.length - 1; at >= 0; at--)
    if (
      lines[at]!.blank &&
      (inside.has(at + 1) || (at === lines.length - 1 && hasFoldAbove(lines, at, inside)))
    )
      inside.add(at)
  return [...inside]
}

function hasFoldAbove(lines: HtmlLine[], at: number, inside: Set<number>): boolean {
  let above = at
  while (above >= 0 && lines[above]!.blank) above--
  return inside.has(above)
}

/** What the mail's program marked as the signature, unless an answer stands below it. */
function markedSignatures(lines: HtmlLine[]): FoldedLines[] {
  const spans: FoldedLines[] = []
  for (let first = 0; first < lines.length; first++) {
    if (!lines[first]!.signature || lines[first]!.quoted) continue
    let end = first + 1
    while (end < lines.length && (lines[end]!.signature || lines[end]!.blank) && !lines[end]!.quoted) end++
    spans.push({ first, end, kind: 'signature' })
    first = end
  }
  return spans
}

/** Whether all, some or none of the words in a node are folded; where it is some, the folded parts are marked. */
function cover(node: HtmlNode, leaves: Set<HtmlNode>): 'all' | 'some' | 'none' | 'empty' {
  if (leaves.has(node)) return 'all'
  if (!isElement(node)) return node.type === 'text' && node.data.trim() !== '' ? 'none' : 'empty'
  if (node.name === 'img' || node.name === 'hr') return 'none'
  const children = [...node.children]
  const covers = children.map((child) => cover(child, leaves))
  if (covers.every((each) => each === 'empty')) return 'empty'
  if (covers.every((each) => each === 'all' || each === 'empty')) return 'all'
  for (const [at, child] of children.entries()) if (covers[at] === 'all') mark(child)
  return covers.includes('all') || covers.includes('some') ? 'some' : 'none'
}

/** Loose words get an element of their own. */
function mark(node: HtmlNode): void {
  if (isElement(node)) {
    node.attribs.class = foldClass
    return
  }
  const span = parseDocument(`<span class="${foldClass}"></span>`).children[0]
  const siblings = node.parent?.children
  if (!span || !isElement(span) || !siblings) return
  siblings.splice(siblings.indexOf(node), 1, span)
  span.parent = node.parent
  span.children.push(node)
  node.parent = span
}
