// A message, or what is marked in it, handed over to where the reply is written. Whoever writes listens; the timeline
// does not know how a quote looks there.
import type { Message } from '../conversations.contract.ts'

export interface Quotation {
  number: number
  /** the message it stands in */
  item: string
  author: string
  /** plain words, lines parted by \n */
  text: string
}
type Listener = (quotation: Quotation) => void
const listeners = new Set<Listener>()

export function onQuote(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Quotes what is marked in the message, else its new words. */
export function quoteInReply(number: number, message: Message): void {
  const { text, fold } = message
  const own = fold && fold.from > 0 ? text.slice(0, fold.from) + text.slice(fold.to) : text
  const quotation = {
    number,
    item: message.id,
    author: message.author.name ?? message.author.address ?? '',
    text: (markedIn(message.id) || own).trim(),
  }
  for (const listener of listeners) listener(quotation)
}

/** What the reader has marked in a message, be it in our own page or in the frame of its mail. */
function markedIn(item: string): string {
  const element = document.querySelector(`[data-item="${CSS.escape(item)}"]`)
  if (!element) return ''
  for (const frame of element.querySelectorAll('iframe')) {
    const marked = frame.contentDocument?.getSelection()?.toString().trim()
    if (marked) return marked
  }
  const marked = getSelection()
  const inside =
    marked?.anchorNode && element.contains(marked.anchorNode) && element.contains(marked.focusNode)
  return inside ? marked.toString().trim() : ''
}
