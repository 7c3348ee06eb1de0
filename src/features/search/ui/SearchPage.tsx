import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { Page } from '#console/kit/List.tsx'
import { EmptyState, ErrorState, Skeleton } from '#console/kit/States.tsx'
import { Time } from '#console/kit/Time.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import type { SearchHit } from '#features/conversations/conversations.contract.ts'
import { statusWords } from '#features/conversations/ui/statusWords.ts'
import { People } from '#features/customers/ui/People.tsx'
import type { SearchPage as Hits } from '../search.contract.ts'
import styles from './SearchPage.module.css'
import { pieces } from './snippet.ts'

/** Words anywhere in a conversation. What is typed is in the URL, so that a search can be passed on. */
export function SearchPage() {
  const { t } = useTranslation('console')
  const navigate = useNavigate()
  const { q = '' } = useSearch({ from: '/desk/search' })
  const [typed, setTyped] = useState(q)
  useEffect(() => setTyped(q), [q])
  useEffect(() => {
    const next = typed.trim()
    if (next === q) return
    const timer = window.setTimeout(
      () => void navigate({ to: '/search', search: { q: next || undefined }, replace: true }),
      250,
    )
    return () => window.clearTimeout(timer)
  }, [typed, q, navigate])
  const found = useInfiniteQuery({
    queryKey: keys.search(q),
    queryFn: ({ pageParam, signal }) =>
      get<Hits>('/search', { query: { q, typing: true, limit: 30, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled: q !== '',
    placeholderData: (before) => before,
  })
  const people = q === '' ? [] : (found.data?.pages[0]?.customers ?? [])
  const hits = q === '' ? [] : (found.data?.pages.flatMap((page) => page.items) ?? [])
  return (
    <Page title={t('search')} lead={<MenuButton />}>
      <search className={styles.form}>
        <Icon name="search" />
        <input
          className={styles.input}
          type="search"
          aria-label={t('search')}
          placeholder={t('searchPlaceholder')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          // biome-ignore lint/a11y/noAutofocus: the page is for typing
          autoFocus
        />
      </search>
      {q === '' && <p className={styles.help}>{t('searchHelp')}</p>}
      {q !== '' && found.isPending && <Skeleton lines={5} row={40} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {q !== '' && found.data && hits.length === 0 && people.length === 0 && (
        <EmptyState icon="search" title={t('searchEmpty')} words={t('searchEmptyWords')} />
      )}
      <People customers={people} />
      <ul className={styles.hits} aria-label={t('found')} aria-busy={found.isPlaceholderData}>
        {hits.map((hit) => (
          <li key={hit.conversation.number}>
            <Hit hit={hit} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('showMore')}
        </Button>
      )}
    </Page>
  )
}

function Hit({ hit: { conversation, snippets } }: { hit: SearchHit }) {
  const { t } = useTranslation('console')
  const customer = conversation.customer.name ?? conversation.customer.address ?? t('unknownCustomer')
  return (
    <Link
      to="/conversations/$number"
      params={{ number: String(conversation.number) }}
      search={{ item: snippets[0]?.item }}
      className={styles.hit}
    >
      <span className={styles.line}>
        <span className={styles.subject}>{conversation.subject || t('noSubject')}</span>
        <Time at={conversation.updatedAt} className={styles.when} />
      </span>
      <span className={styles.about}>
        {customer} · {statusWords(conversation.status, t)} · {conversation.inbox.name}
      </span>
      {snippets.slice(0, 2).map((snippet) => (
        <span key={snippet.item} className={styles.snippet}>
          {pieces(snippet.html).map((piece) =>
            piece.hit ? <mark key={piece.at}>{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>,
          )}
        </span>
      ))}
    </Link>
  )
}
