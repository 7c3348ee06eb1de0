import { parseAddresses, writeAddress } from '#features/drafts/ui/addresses.ts'
import type { Conversation } from '../../conversations.contract.ts'

/** Whom a reply goes to when nobody says otherwise: the customer, and everybody confirmed. */
export function defaultRecipients({ customer, participants }: Conversation): { to: string; cc: string } {
  const written = (person: { name: string | null; address: string | null }) =>
    person.address ? writeAddress({ name: person.name, address: person.address }) : null
  const copies = participants.filter((person) => person.confirmed).flatMap((person) => written(person) ?? [])
  return { to: written(customer) ?? '', cc: copies.join(', ') }
}

/** Addresses that are no part of the conversation yet: they will read what is quoted. */
export function newcomers({ customer, participants }: Conversation, typed: readonly string[]): string[] {
  const known = new Set(
    [customer, ...participants.filter((person) => person.confirmed)].flatMap((person) =>
      person.address ? [person.address.toLowerCase()] : [],
    ),
  )
  const addresses = typed
    .flatMap((list) => parseAddresses(list).good)
    .map((written) => (/<([^>]*)>$/.exec(written)?.[1] ?? written).trim())
  return [...new Set(addresses)].filter((address) => !known.has(address.toLowerCase()))
}

/** The lines in a few words: names where there are any. Only an address that ends its entry goes, no angle of a name. */
export const namesOf = (lists: readonly string[]): string =>
  lists
    .filter((list) => list.trim() !== '')
    .map((list) =>
      list
        .replace(/(?<=\S)\s*<[^<>\s]*@[^<>\s]*>(?=\s*(?:[,;]|$))/g, '')
        .replaceAll('"', '')
        .replace(/[,;\s]+$/, ''),
    )
    .join(', ')
