import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/me.ts'
import { languages, load } from '../i18n.ts'
import { Input } from '../kit/Input.tsx'
import { lazily } from '../kit/lazily.ts'
import { Skeleton } from '../kit/States.tsx'
import { MenuButton } from '../shell/MenuButton.tsx'
import { NotFound } from '../shell/NotFound.tsx'
import { type Finding, findableTexts, findings, findSettings } from './findable.ts'
import { settingsGroups, settingsPages } from './pages.ts'
import styles from './SettingsPage.module.css'

const pages = settingsPages.map(({ load, ...page }) => ({
  ...page,
  Content: lazily(load),
}))
/** What can be set, in every language: fetched when somebody begins to look. */
const everyText = () =>
  Promise.all(
    languages.map(async (language) => {
      const texts = findableTexts.map(async (name) => [name, await load(language, name)])
      return Object.fromEntries(await Promise.all(texts)) as Record<string, Record<string, string>>
    }),
  )

export function SettingsPage() {
  const { t } = useTranslation(['console', 'desk'])
  const me = useMe()
  const { page } = useParams({ from: '/desk/settings/$page' })
  const mine = pages.filter((each) => !each.admin || me.role === 'admin')
  const open = mine.find((each) => each.id === page)
  const [typed, setTyped] = useState('')
  const found = useFound(
    typed,
    mine.map((each) => each.id),
  )
  const nav = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: on the phone the page gone to is shown in the strip
  useEffect(() => {
    nav.current?.querySelector('[data-status=active]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [page])
  return (
    <div className={styles.settings}>
      <nav className={styles.list} aria-label={t('settings')} ref={nav}>
        <div className={styles.head}>
          <MenuButton />
          <h2 className={styles.title}>{t('settings')}</h2>
        </div>
        <div className={styles.find}>
          <Input
            type="search"
            value={typed}
            onChange={setTyped}
            aria-label={t('desk:find')}
            placeholder={t('desk:find')}
          />
        </div>
        {found ? (
          <Findings found={found} onGo={() => setTyped('')} />
        ) : (
          <div className={styles.links}>
            {settingsGroups.map((group) => (
              <div key={group} className={styles.group}>
                <h3 className={styles.groupName}>{t(`desk:group.${group}`)}</h3>
                {mine
                  .filter((each) => each.group === group)
                  .map((each) => (
                    <PageLink key={each.id} id={each.id} />
                  ))}
              </div>
            ))}
          </div>
        )}
      </nav>
      <div className={styles.content}>
        <Suspense fallback={<Skeleton lines={5} />}>
          {open ? <open.Content key={open.id} /> : <NotFound />}
        </Suspense>
      </div>
    </div>
  )
}

function PageLink({ id }: { id: string }) {
  const { t } = useTranslation('console')
  return (
    <Link to="/settings/$page" params={{ page: id }} className={styles.link}>
      {t(`settings.${id}`)}
    </Link>
  )
}

function useFound(typed: string, mine: string[]): Finding[] | null {
  const asked = typed.trim() !== ''
  const { data } = useQuery({
    queryKey: ['setting-words'],
    queryFn: everyText,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: asked,
  })
  const places = mine.join(' ')
  const all = useMemo(() => data && findings(places.split(' '), data), [data, places])
  return asked && all ? findSettings(typed, all) : null
}

/** What answers: the setting in the reader's own words, and the page it is on. */
function Findings({ found, onGo }: { found: Finding[]; onGo: () => void }) {
  const { t } = useTranslation(findableTexts)
  return (
    <div className={styles.found} role="status">
      {found.length === 0 && <p className={styles.nothing}>{t('desk:findNothing')}</p>}
      {found.map(({ id, page, key }) => (
        <Link
          key={id}
          to="/settings/$page"
          params={{ page }}
          className={styles.finding}
          activeOptions={{ exact: true }}
          onClick={onGo}
        >
          <span>{t(key)}</span>
          {key !== `console:settings.${page}` && (
            <span className={styles.place}>{t(`console:settings.${page}`)}</span>
          )}
        </Link>
      ))}
    </div>
  )
}
