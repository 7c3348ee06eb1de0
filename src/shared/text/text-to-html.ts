const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text made harmless inside HTML, attribute values in quotes included. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => escapes[char]!)

/** Addresses of the web and of mail, ended before closing punctuation. */
const link = /\b(?:https?:\/\/[^\s<>"']{1,2000}|[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})/gi

/** Plain text as HTML: paragraphs by blank lines, line ends kept, web and mail addresses made links. */
export function textToHtml(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n\s*/)
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${linkify(paragraph).replace(/\n/g, '<br>\n')}</p>`)
    .join('\n')
}

function linkify(text: string): string {
  let html = ''
  let done = 0
  for (const match of text.matchAll(link)) {
    const shown = withoutTail(match[0])
    const href = /^https?:/i.test(shown) ? shown : `mailto:${shown}`
    html += `${spaces(escapeHtml(text.slice(done, match.index)))}<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow" target="_blank">${escapeHtml(shown)}</a>`
    done = match.index + shown.length
  }
  return html + spaces(escapeHtml(text.slice(done)))
}

/** Runs of blanks keep their width. */
const spaces = (html: string): string =>
  html.replace(/ {2,}/g, (run) => `${'&nbsp;'.repeat(run.length - 1)} `)

/** A full stop or closing bracket after an address belongs to the sentence, unless the bracket was opened in it. */
function withoutTail(url: string): string {
  let end = url.length
  let unopened = url.split(')').length - url.split('(').length
  while (end > 0 && /[.,;:!?)\]}»”’]/.test(url[end - 1]!)) {
    if (url[end - 1] === ')' && unopened-- <= 0) break
    end--
  }
  return url.slice(0, end)
}
