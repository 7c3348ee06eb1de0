import { blanks } from './richWords.ts'

/** Kept or stored HTML made ready for the editor: a line is a paragraph, pictures by their address at this desk. */
export function readHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const line of body.querySelectorAll('div')) {
    if (line.querySelector('div, p, ul, ol, blockquote, pre')) continue
    const paragraph = document.createElement('p')
    // A line that is nothing but its own end is an empty one.
    if (line.childNodes.length === 1 && line.firstElementChild?.tagName === 'BR') line.textContent = ''
    paragraph.append(...line.childNodes)
    line.replaceWith(paragraph)
  }
  for (const picture of body.querySelectorAll('img')) {
    const id = /\/api\/v1\/attachments\/(\d+)/.exec(picture.getAttribute('src') ?? '')?.[1]
    if (id) picture.setAttribute('src', `${location.origin}/api/v1/attachments/${id}`)
    else picture.remove()
  }
  markBlanks(body)
  return body.innerHTML
}

function markBlanks(body: HTMLElement) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  const found: Text[] = []
  while (walker.nextNode()) found.push(walker.currentNode as Text)
  for (const text of found) {
    const parts = text.data.split(blanks)
    if (parts.length === 1) continue
    text.replaceWith(
      ...parts.map((part, index) => {
        if (index % 2 === 0) return document.createTextNode(part)
        const mark = document.createElement('span')
        mark.dataset.blank = part
        return mark
      }),
    )
  }
}
