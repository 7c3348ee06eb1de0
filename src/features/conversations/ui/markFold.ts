// The server says where the new words of a mail end, as an offset into its plain text. This finds the same place in
// the mail's HTML, by counting the characters that are no space, and marks everything from there on.

const bare = (text: string) => text.replace(/[\s\u00a0>|]+/gu, '')

/** Marks with `data-fold` what stands at and after the fold. Answers whether the place was found. */
export function markFold(body: HTMLElement, text: string, fold: { from: number; to: number }): boolean {
  const before = bare(text.slice(0, fold.from)).length
  const next = bare(text.slice(fold.from, fold.to)).slice(0, 24)
  if (before === 0 || next.length < 4 || bare(text.slice(fold.to)) !== '') return false
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  let counted = 0
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const here = bare(node.textContent ?? '')
    // A few characters of play: a plain text made by another program differs in bullets and pictures' names.
    if (here !== '' && Math.abs(counted - before) <= 12 && restFrom(body, node).startsWith(next)) {
      markFrom(body, node)
      return true
    }
    counted += here.length
  }
  return false
}

function restFrom(body: HTMLElement, node: Node): string {
  const range = body.ownerDocument.createRange()
  range.setStartBefore(node)
  range.setEndAfter(body.lastChild ?? node)
  return bare(range.toString()).slice(0, 24)
}

function markFrom(body: HTMLElement, start: Node) {
  let node: Node = start
  // As far up as nothing stands before it: the whole quote, not its first word.
  while (node.parentNode && node.parentNode !== body && !saysBefore(node)) node = node.parentNode
  for (let level: Node = node; level !== body && level.parentNode; level = level.parentNode) {
    for (let each: Node | null = level === node ? level : level.nextSibling; each; each = each.nextSibling)
      each = mark(each)
  }
}

function saysBefore(node: Node): boolean {
  for (let each = node.previousSibling; each; each = each.previousSibling)
    if (bare(each.textContent ?? '') !== '') return true
  return false
}

/** Words standing loose get an element of their own. Answers the node that is in place now. */
function mark(node: Node): Node {
  if (node instanceof node.ownerDocument!.defaultView!.Element) {
    node.setAttribute('data-fold', '')
    return node
  }
  if (node.nodeType !== 3) return node
  const span = node.ownerDocument!.createElement('span')
  span.setAttribute('data-fold', '')
  node.parentNode?.replaceChild(span, node)
  span.append(node)
  return span
}
