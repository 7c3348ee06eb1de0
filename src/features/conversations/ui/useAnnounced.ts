import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Item } from '../conversations.contract.ts'

/** What is said aloud when somebody else's words come in: once, and only the newest. */
export function useAnnounced(items: readonly Item[], me: string): string {
  const { t } = useTranslation('timeline')
  const [words, setWords] = useState('')
  const newest = items.at(-1)?.position ?? 0
  const known = useRef(newest)
  useEffect(() => {
    const fresh = items.filter((item) => item.position > known.current && item.type !== 'event')
    known.current = Math.max(known.current, newest)
    const item = fresh.at(-1)
    if (!item || (item.author.kind === 'agent' && item.author.id === me)) return
    const name = item.author.name ?? item.author.address ?? t('console:unknownCustomer')
    const said = t(item.type === 'comment' ? 'newCommentOf' : 'newMessageOf', { name })
    // The same words once more are no change, and nobody would hear them.
    setWords((before) => (before === said ? `${said}\u00a0` : said))
  }, [items, newest, me, t])
  return words
}
