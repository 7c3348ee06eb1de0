import type { NewConversation } from '#features/conversations/conversations.contract.ts'

/** A customer picked from the list (id), or what was typed about a new one. */
export interface CustomerChoice {
  id: string | null
  typed: string
}

/** "Kim <kim@example.org>", an address, a phone number, or a name: what the server is told. */
export function customerOf({ id, typed }: CustomerChoice): NewConversation['customer'] {
  if (id) return { id }
  const text = typed.trim()
  const named = /^(.*?)\s*<([^<>\s]+@[^<>\s]+)>$/.exec(text)
  if (named) return { ...(named[1] ? { name: named[1].replaceAll('"', '') } : {}), address: named[2] }
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return { address: text }
  const phone = /\+?[\d][\d\s().-]{5,}$/.exec(text)
  if (!phone) return { name: text }
  const name = text.slice(0, phone.index).replace(/[,\s]+$/, '')
  return { ...(name ? { name } : {}), phone: phone[0].trim() }
}
