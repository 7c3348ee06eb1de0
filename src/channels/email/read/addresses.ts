import { domainToASCII, domainToUnicode } from 'node:url'
import { type Address, addressParser } from 'postal-mime'
import { decodeWords } from './decode-words.ts'
import type { Mailbox } from './mail.ts'

/** More would be no mail between people; keeps hostile headers cheap. */
const maxMailboxes = 1000

/**
 * Mailboxes of an address header, groups flattened. Encoded words are set aside first, so that a comma or
 * bracket inside one never splits or forges an address. What has no usable address is left out.
 */
export function readMailboxes(value: string): Mailbox[] {
  const words: string[] = []
  const bare = value.replace(/=\?[^?\s]{1,60}\?[bq]\?[^?]{0,1000}\?=(?:\s{0,40}(?==\?))?/gi, (word) => {
    words.push(word)
    return `\ue000${words.length - 1}\ue001`
  })
  const restore = (text: string): string =>
    decodeWords(text.replace(/\ue000(\d+)\ue001/g, (_, at: string) => words[Number(at)] ?? ''))
  return flatten(addressParser(bare))
    .slice(0, maxMailboxes)
    .flatMap((one) => toMailbox(one, restore))
}

type Bare = { name: string; address: string }

function flatten(list: Address[]): Bare[] {
  return list.flatMap((one) => ('group' in one && one.group ? flatten(one.group) : [one as Bare]))
}

function toMailbox(found: Bare, restore: (text: string) => string): Mailbox[] {
  let name = cleanName(restore(found.name))
  let address = found.address.includes('\ue000') ? '' : found.address
  if (!address.includes('@')) {
    const angle = /<([^<>@\s]+@[^<>@\s]+)>/.exec(name)
    if (!angle) return []
    address = angle[1]!
    name = cleanName(name.slice(0, angle.index))
  }
  const normal = normalAddress(withoutBlanks(address))
  if (!normal) return []
  return [{ name: name.toLowerCase() === normal.shown ? '' : name, ...normal }]
}

/**
 * `pete(his account)@silly.test`: comments may stand even inside an address (RFC 5322, appendix A.5);
 * `mailer <host a@host>`: of several words the last with an @ is the address.
 */
function withoutBlanks(address: string): string {
  if (address.startsWith('"')) return address
  const bare = address.replace(/\([^()]{0,200}\)/g, '').trim()
  return !/\s/.test(bare) ? bare : wordWithAt(bare)
}

function wordWithAt(address: string): string {
  return address.split(/\s+/).findLast((word) => word.includes('@')) ?? ''
}

/** An address to compare by: lower case, NFC, the domain in ASCII and beside it in Unicode; null when it is none. */
export function normalAddress(raw: string): { address: string; shown: string } | null {
  const trimmed = raw
    .trim()
    .replace(/^<|>$/g, '')
    .replace(/^mailto:/i, '')
  const at = trimmed.lastIndexOf('@')
  if (at < 1 || at === trimmed.length - 1 || trimmed.length > 320) return null
  const local = trimmed.slice(0, at).normalize('NFC').toLowerCase()
  const domain = trimmed.slice(at + 1).replace(/\.$/, '')
  if (/[\s<>,;\p{Cc}]/u.test(domain) || /[\p{Cc}<>]/u.test(local)) return null
  const ascii = domain.startsWith('[') ? domain.toLowerCase() : domainToASCII(domain.normalize('NFC'))
  if (!ascii)
    return { address: `${local}@${domain.toLowerCase()}`, shown: `${local}@${domain.toLowerCase()}` }
  return { address: `${local}@${ascii}`, shown: `${local}@${domainToUnicode(ascii) || ascii}` }
}

const cleanName = (name: string): string =>
  name
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')
    .slice(0, 300)
