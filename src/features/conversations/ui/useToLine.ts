import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import type { Conversation, Message } from '../conversations.contract.ts'

/** Whom it went to, in a few words: "to Support and 2 more". */
export function useToLine(message: Message, inbox: Conversation['inbox']): string {
  const { t } = useTranslation('timeline')
  const me = useMe()
  if (message.medium === 'phone') return t('console:byPhone')
  const names = [...message.to, ...message.cc].map(({ name, address }) => {
    const lower = address.toLowerCase()
    if (lower === inbox.address.toLowerCase()) return inbox.name
    return lower === me.address.toLowerCase() ? t('toMe') : (name ?? address)
  })
  const [first, second, ...others] = [...new Set(names)]
  if (!first) return message.direction === 'in' ? t('console:details') : ''
  if (!second) return t('console:toNames', { names: first })
  if (others.length === 0) return t('console:toNames', { names: `${first}, ${second}` })
  return t('console:toMore', { names: first, count: others.length + 1 })
}
