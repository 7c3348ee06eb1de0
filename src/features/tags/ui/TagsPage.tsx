import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { rank } from '#console/commands/match.ts'
import { Button, IconButton } from '#console/kit/Button.tsx'
import { Input } from '#console/kit/Input.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { Tag as TagMark } from '#console/kit/Tag.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import { useRemoval } from '#console/settings/useRemoval.tsx'
import type { Tag } from '../tags.contract.ts'
import { freshenTags, MergeTag, NameTag } from './TagDialogs.tsx'

async function everyTag(signal: AbortSignal): Promise<Tag[]> {
  const items: Tag[] = []
  let cursor: string | null = null
  do {
    const query = { limit: 100, cursor, counts: true }
    const page: { items: Tag[]; nextCursor: string | null } = await get('/tags', { query, signal })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor && items.length < 2000)
  return items
}
type Open = { do: 'add' } | { do: 'rename' | 'merge'; tag: Tag } | null

export function TagsPage() {
  const { t } = useTranslation(['desk', 'settings', 'console'])
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState<Open>(null)
  const query = useQuery({
    queryKey: [...keys.tags, 'counted'],
    queryFn: ({ signal }) => everyTag(signal),
    staleTime: 0,
  })
  const close = () => setOpen(null)
  return (
    <Page
      title={t('tags.title')}
      words={t('tags.words')}
      acts={
        <Button look="main" icon="plus" onClick={() => setOpen({ do: 'add' })}>
          {t('tags.add')}
        </Button>
      }
    >
      <Listed
        query={query}
        empty={<EmptyState icon="tag" title={t('tags.empty')} words={t('tags.emptyWords')} />}
      >
        {(tags) => (
          <>
            {tags.length > 8 && (
              <Input
                type="search"
                value={typed}
                onChange={setTyped}
                aria-label={t('tags.find')}
                placeholder={t('tags.find')}
              />
            )}
            <Rows tags={tags} typed={typed} onOpen={setOpen} />
          </>
        )}
      </Listed>
      {(open?.do === 'add' || open?.do === 'rename') && (
        <NameTag tag={open.do === 'rename' ? open.tag : null} onClose={close} />
      )}
      {open?.do === 'merge' && <MergeTag tag={open.tag} others={query.data ?? []} onClose={close} />}
    </Page>
  )
}

function Rows({ tags, typed, onOpen }: { tags: Tag[]; typed: string; onOpen: (open: Open) => void }) {
  const { t } = useTranslation(['desk', 'settings', 'console'])
  const removal = useRemoval()
  const found = rank(
    typed,
    tags.map((tag) => ({ id: tag.id, words: tag.name, tag })),
    [],
    500,
  )
  const remove = (tag: Tag) =>
    removal.ask({
      path: `/tags/${tag.id}`,
      title: t('tags.removeTitle', { name: tag.name }),
      words: t('tags.removeWords', { count: tag.conversations ?? 0 }),
      act: t('settings:remove'),
      done: freshenTags,
    })
  if (found.length === 0) return <EmptyState title={t('nothingFound')} />
  return (
    <>
      <List label={t('tags.title')}>
        {found.map(({ tag }) => (
          <ListRow
            key={tag.id}
            title={<TagMark whole>{tag.name}</TagMark>}
            end={
              <>
                <a href={`/views/all?tag=${encodeURIComponent(tag.name)}`}>
                  {t('tags.count', { count: tag.conversations ?? 0 })}
                </a>
                <Menu
                  align="end"
                  trigger={<IconButton name="more" label={t('tags.acts', { name: tag.name })} />}
                >
                  <MenuItem icon="pencil" onClick={() => onOpen({ do: 'rename', tag })}>
                    {t('tags.rename')}
                  </MenuItem>
                  <MenuItem
                    icon="tag"
                    disabled={tags.length < 2}
                    onClick={() => onOpen({ do: 'merge', tag })}
                  >
                    {t('tags.merge')}
                  </MenuItem>
                  <MenuSeparator />
                  <MenuItem icon="trash" danger onClick={() => remove(tag)}>
                    {t('settings:remove')}
                  </MenuItem>
                </Menu>
              </>
            }
          />
        ))}
      </List>
      {removal.dialog}
    </>
  )
}
