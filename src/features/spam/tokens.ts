// What of a mail speaks for or against spam: its words, its sender, the hosts it links to. Words of scripts that write
// without spaces are taken as pairs of letters.

export interface Letter {
  subject: string | null
  text: string
  /** where quoted history or the signature stands in `text` */
  fold: { from: number; to: number } | null
  html: string | null
  sender: { name: string | null; address: string } | null
}

/** Tells nothing more about a longer mail. */
const mostTokens = 400
const mostText = 20_000
const mostHtml = 200_000

const wordOrRun =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+|[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]{2,24}/gu
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u
const host = /\bhttps?:\/\/(?:[^\s/@"'<>]*@)?([a-z0-9.-]{3,100})/gi

/** @returns distinct tokens, at most 400; what is no word of the text begins with `from:`, `link:` or `subject:` */
export function tokensOf({ subject, text, fold, html, sender }: Letter): string[] {
  const found = new Set<string>()
  const add = (tokens: Iterable<string>) => {
    for (const token of tokens) {
      if (found.size === mostTokens) return
      found.add(token)
    }
  }
  add(senderTokens(sender))
  for (const word of wordsIn(subject ?? '')) add([`subject:${word}`])
  const said = fold ? text.slice(0, fold.from) + text.slice(fold.to) : text
  add([...hostsIn(html?.slice(0, mostHtml) ?? ''), ...hostsIn(said.slice(0, mostText))])
  add(wordsIn(said.slice(0, mostText)))
  return [...found]
}

function* senderTokens(sender: Letter['sender']) {
  if (!sender) return
  const address = sender.address.toLowerCase()
  yield `from:${address}`
  const domain = address.slice(address.lastIndexOf('@') + 1)
  if (domain !== address) yield `from:${domain}`
  for (const word of wordsIn(sender.name ?? '')) yield `from:${word}`
}

function* hostsIn(text: string) {
  for (const [, name] of text.matchAll(host)) yield `link:${name!.toLowerCase()}`
}

function* wordsIn(text: string) {
  for (const [found] of text.normalize('NFKC').toLowerCase().matchAll(wordOrRun)) {
    if (!unspaced.test(found)) {
      if (!/^\p{N}+$/u.test(found)) yield found
      continue
    }
    const letters = [...found]
    for (let i = 0; i + 1 < letters.length; i += 1) yield letters[i]! + letters[i + 1]!
  }
}
