import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { teamsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { rank } from '#console/commands/match.ts'
import { Button } from '#console/kit/Button.tsx'
import { Input } from '#console/kit/Input.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import { useNewAsked } from '#console/settings/useNewAsked.ts'
import type { SavedReply } from '../saved-replies.contract.ts'
import { SavedReplyDialog } from './SavedReplyDialog.tsx'

/** An administrator's list holds every team's, so it has a name of its own. */
export const everyReply = (admin: boolean) => ({
  queryKey: [...keys.savedReplies, 'every'] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const items: SavedReply[] = []
    let cursor: string | null = null
    do {
      const query = { limit: 100, cursor, every: admin || undefined }
      const page: { items: SavedReply[]; nextCursor: string | null } = await get('/saved-replies', {
        query,
        signal,
      })
      items.push(...page.items)
      cursor = page.nextCursor
    } while (cursor && items.length < 2000)
    return items
  },
})

export function SavedRepliesPage() {
  // Those of its dialogs too: the page that is there does not go away, and the focus with it, for a text.
  const { t } = useTranslation(['desk', 'composer', 'settings'])
  const me = useMe()
  const [typed, setTyped] = useState('')
  const asked = useNewAsked()
  const [open, setOpen] = useState<SavedReply | 'new' | null>(asked ? 'new' : null)
  const query = useQuery(everyReply(me.role === 'admin'))
  const { data: teams = [] } = useQuery(teamsQuery)
  const found = rank(
    typed,
    (query.data ?? []).map((reply) => ({ id: reply.id, words: `${reply.name} ${reply.text}`, reply })),
    [],
    100,
  ).map(({ reply }) => reply)
  const whose = (reply: SavedReply) =>
    reply.scope === 'team'
      ? (teams.find((team) => team.id === reply.team)?.name ?? t('desk:replies.team'))
      : t(`desk:replies.${reply.scope}`)
  const add = (
    <Button look="main" icon="plus" onClick={() => setOpen('new')}>
      {t('desk:replies.add')}
    </Button>
  )
  return (
    <Page title={t('desk:replies.title')} words={t('desk:replies.words')} acts={add}>
      <Listed
        query={query}
        empty={
          <EmptyState
            icon="reply"
            title={t('desk:replies.empty')}
            words={t('desk:replies.emptyWords', { example: '{{customer.firstName|there}}' })}
          />
        }
      >
        {(all) => (
          <>
            {all.length > 5 && (
              <Input
                type="search"
                value={typed}
                onChange={setTyped}
                aria-label={t('desk:replies.find')}
                placeholder={t('desk:replies.find')}
              />
            )}
            {found.length === 0 && <EmptyState title={t('desk:nothingFound')} />}
            <List label={t('desk:replies.title')}>
              {found.map((reply) => (
                <ListRow
                  key={reply.id}
                  title={<bdi>{reply.name}</bdi>}
                  words={opening(reply.text)}
                  onClick={() => setOpen(reply)}
                  end={<Badge tone={reply.scope === 'me' ? 'neutral' : 'accent'}>{whose(reply)}</Badge>}
                />
              ))}
            </List>
          </>
        )}
      </Listed>
      {open && <SavedReplyDialog reply={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

/** letters of a reply that its row shows */
const most = 140
function opening(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim()
  return words.length > most ? `${words.slice(0, most).trimEnd()}…` : words
}
