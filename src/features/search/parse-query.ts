// What was typed into the search box, as terms. Any string is a question: what cannot be understood is a word.
//
//   refund invoice        both words, anywhere in the conversation, in any of their forms
//   "new feature"         these words side by side, as written
//   refun*                whatever begins so
//   from:anna  subject:invoice  tag:vip  status:open  in:spam  before:2026-05-01  after:2026-01-01
//   from:"Anna Schmidt"   a value with blanks
//   #1234                 the conversation of that number
//   +7 (912) 345-67-89    a phone number, in any writing

export interface SearchQuery {
  terms: Term[]
  filters: Filter[]
}
export type Term =
  | { kind: 'words'; text: string }
  | { kind: 'prefix'; text: string }
  | { kind: 'phrase'; text: string }
  | { kind: 'phone'; text: string; digits: string }
  | { kind: 'number'; number: string }
export interface Filter {
  name: (typeof filterNames)[number]
  value: string
}
const filterNames = [
  'from',
  'subject',
  'tag',
  'status',
  'before',
  'after',
  'in',
  'assignee',
  'customer',
] as const
const isFilter = (name: string): name is Filter['name'] => (filterNames as readonly string[]).includes(name)

/** More terms than this say nothing more. */
const mostTerms = 20
const longest = 1000
const closing: Record<string, string> = { '"': '"', '«': '»', '“': '”', '„': '“”"' }
const phone = /(?<![\p{L}\p{N}])\+?\d[\d\s().–-]{5,18}\d(?![\p{L}\p{N}])/gu
const cjk = /[\u3040-\u30ff\u3400-\u9fff]/

/** @param typing the last word is still being typed: whatever begins so counts */
export function parseQuery(input: string, { typing = false } = {}): SearchQuery {
  const found: SearchQuery = { terms: [], filters: [] }
  // Control characters (PostgreSQL takes no NUL) and lone surrogates are gaps.
  const text = input
    .slice(0, longest)
    .toWellFormed()
    .replace(/[\p{Cc}\ufffd]/gu, ' ')
  const rest = takeQuoted(text, found)
  takeWords(takePhones(rest, found), found)
  if (typing && /[\p{L}\p{N}]$/u.test(rest)) asPrefix(found.terms.at(-1))
  found.terms = found.terms.slice(0, mostTerms)
  found.filters = found.filters.slice(0, mostTerms)
  return found
}

function asPrefix(last: Term | undefined) {
  if (last?.kind === 'words') Object.assign(last, { kind: 'prefix' })
}

/** Takes `"phrases"` and `name:"values"` out; an opening quote that never closes is none. */
function takeQuoted(text: string, found: SearchQuery): string {
  let rest = ''
  let at = 0
  while (at < text.length) {
    const ends = closing[text[at]!]
    const end = ends ? indexOfAny(text, ends, at + 1) : -1
    if (end < 0) {
      rest += text[at]
      at += 1
      continue
    }
    const value = text.slice(at + 1, end).trim()
    const [, name = ''] = /(?:^|\s)(\p{L}+):$/u.exec(rest) ?? []
    if (isFilter(name.toLowerCase())) {
      rest = rest.slice(0, -name.length - 1)
      if (value) found.filters.push({ name: name.toLowerCase() as Filter['name'], value })
    } else if (value) found.terms.push({ kind: 'phrase', text: value })
    rest += ' '
    at = end + 1
  }
  return rest
}

const indexOfAny = (text: string, chars: string, from: number) => {
  for (let i = from; i < text.length; i += 1) if (chars.includes(text[i]!)) return i
  return -1
}

function takePhones(text: string, found: SearchQuery): string {
  return text.replace(phone, (match) => {
    const digits = match.replace(/\D/g, '')
    if (digits.length < 7 || digits.length > 15 || /^\d{4}-\d\d-\d\d$/.test(match)) return match
    found.terms.push({ kind: 'phone', text: match, digits })
    return ' '
  })
}

function takeWords(text: string, found: SearchQuery) {
  for (const word of text.split(/\s+/)) {
    if (word === '') continue
    const [, name, value] = /^(\p{L}+):(.+)$/u.exec(word) ?? []
    if (name && value && isFilter(name.toLowerCase()))
      found.filters.push({ name: name.toLowerCase() as Filter['name'], value })
    else if (/^#\d{1,18}$/.test(word)) found.terms.push({ kind: 'number', number: word.slice(1) })
    else if (/[\p{L}\p{N}]\*$/u.test(word)) found.terms.push({ kind: 'prefix', text: word.slice(0, -1) })
    // An address is looked for as it stands, and a run of CJK characters, each of them a word, in its order.
    else if (/[\p{L}\p{N}]@[\p{L}\p{N}]/u.test(word) || (cjk.test(word) && word.length > 1))
      found.terms.push({ kind: 'phrase', text: word })
    else if (/[\p{L}\p{N}]/u.test(word)) found.terms.push({ kind: 'words', text: word })
  }
}
