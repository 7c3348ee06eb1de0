// What is copied from Word, from the web and from other mail programs brings its page along. What stays: words, lines,
// lists, quotes, links and emphasis.

const gone =
  'script, style, meta, link, title, head, noscript, iframe, object, svg, form, input, button, select, textarea, xml'

/** @param remote whether a picture's address may stay: only our own uploads do */
export function cleanPaste(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const { body } = page
  for (const element of body.querySelectorAll(gone)) element.remove()
  dropComments(body)
  wordLists(body)
  for (const table of body.querySelectorAll('table')) table.replaceWith(...rowsOf(table))
  for (const heading of body.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const line = page.createElement('p')
    const strong = page.createElement('strong')
    strong.append(...heading.childNodes)
    line.append(strong)
    heading.replaceWith(line)
  }
  // Google Docs wraps everything in a <b> that is not bold.
  for (const element of body.querySelectorAll<HTMLElement>('b, strong, i, em'))
    if (/font-weight:\s*(normal|400)|font-style:\s*normal/i.test(element.getAttribute('style') ?? ''))
      element.replaceWith(...element.childNodes)
  emphasisOf(body)
  for (const picture of body.querySelectorAll('img'))
    if (!/\/api\/v1\/attachments\/\d+$/.test(picture.src)) picture.remove()
  for (const element of body.querySelectorAll<HTMLElement>('*'))
    for (const { name } of [...element.attributes])
      if (!['href', 'src', 'alt', 'start', 'data-blank'].includes(name)) element.removeAttribute(name)
  return body.innerHTML
}

function dropComments(body: HTMLElement) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const found: Node[] = []
  while (walker.nextNode()) found.push(walker.currentNode)
  for (const comment of found) comment.parentNode?.removeChild(comment)
}

/** Word writes a list as paragraphs that begin with a drawn bullet or number. */
function wordLists(body: HTMLElement) {
  let list: Element | null = null as Element | null
  for (const line of [...body.querySelectorAll<HTMLElement>('p[class^="MsoList"], p[style*="mso-list"]')]) {
    const words = line.textContent?.trim() ?? ''
    const numbered = /^\(?(\d{1,3}|[a-z])[.)]/i.test(words)
    const name = numbered ? 'OL' : 'UL'
    if (list?.tagName !== name || list.nextElementSibling !== line) {
      list = line.ownerDocument.createElement(name)
      line.before(list)
    }
    const item = line.ownerDocument.createElement('li')
    item.textContent = words.replace(/^(?:\(?(?:\d{1,3}|[a-z])[.)]|[·•o§▪\-–])[\s\u00a0]+/i, '')
    list.append(item)
    line.remove()
  }
}

function rowsOf(table: HTMLTableElement): HTMLElement[] {
  return [...table.rows].map((row) => {
    const line = table.ownerDocument.createElement('p')
    line.textContent = [...row.cells].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()).join('  ')
    return line
  })
}

/** Bold and slanted by style becomes bold and slanted by name. */
function emphasisOf(body: HTMLElement) {
  for (const span of body.querySelectorAll<HTMLElement>('span[style]')) {
    const style = span.getAttribute('style') ?? ''
    const tag = /font-weight:\s*(bold|[6-9]00)/i.test(style)
      ? 'strong'
      : /font-style:\s*italic/i.test(style)
        ? 'em'
        : null
    if (!tag) continue
    const element = span.ownerDocument.createElement(tag)
    element.append(...span.childNodes)
    span.replaceWith(element)
  }
}
