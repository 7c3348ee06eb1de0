import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys } from '#console/api/query.ts'
import { del, get } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import type { Session } from '#features/agents/agents.contract.ts'

export function SessionsPage() {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const query = useQuery({
    queryKey: keys.sessions,
    queryFn: async ({ signal }) => (await get<{ items: Session[] }>('/sessions', { signal })).items,
  })
  const end = async (path: string) => {
    try {
      await del(path)
      await client.invalidateQueries({ queryKey: keys.sessions })
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    }
  }
  return (
    <Page
      title={t('sessions.title')}
      words={t('sessions.words')}
      acts={
        (query.data?.length ?? 0) > 1 && (
          <Button onClick={() => void end('/sessions')}>{t('sessions.endOthers')}</Button>
        )
      }
    >
      <Listed query={query} empty={<EmptyState title={t('sessions.empty')} />}>
        {(sessions) => (
          <List label={t('sessions.title')}>
            {sessions.map((session) => (
              <ListRow
                key={session.id}
                title={deviceWords(session.device) ?? t('sessions.unknownDevice')}
                words={
                  <>
                    {session.ip} · <Time at={session.lastSeenAt ?? session.createdAt} />
                  </>
                }
                end={
                  session.current ? (
                    <Badge tone="accent">{t('sessions.current')}</Badge>
                  ) : (
                    <Button size="small" onClick={() => void end(`/sessions/${session.id}`)}>
                      {t('sessions.end')}
                    </Button>
                  )
                }
              />
            ))}
          </List>
        )}
      </Listed>
    </Page>
  )
}

/** "Firefox, Windows" out of a user agent; proper names, the same in every language. */
export function deviceWords(agent: string | null): string | null {
  if (!agent) return null
  const first = (names: [string, RegExp][]) => names.find(([, pattern]) => pattern.test(agent))?.[0]
  const browser = first([
    ['Edge', /Edg\//],
    ['Opera', /OPR\//],
    ['Yandex Browser', /YaBrowser\//],
    ['Firefox', /Firefox\/|FxiOS\//],
    ['Chrome', /Chrom(e|ium)\/|CriOS\//],
    ['Safari', /Safari\//],
  ])
  const system = first([
    ['iPhone', /iPhone/],
    ['iPad', /iPad/],
    ['Android', /Android/],
    ['Windows', /Windows/],
    ['macOS', /Mac OS X/],
    ['Linux', /Linux|X11/],
  ])
  return [browser, system].filter(Boolean).join(', ') || agent.slice(0, 60)
}
