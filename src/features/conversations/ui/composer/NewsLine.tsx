import { useTranslation } from 'react-i18next'
import { defineCommand } from '#console/commands/registry.ts'
import { keyHint, useCommand } from '#console/commands/useCommands.ts'
import { Button } from '#console/kit/Button.tsx'
import { Time } from '#console/kit/Time.tsx'
import type { Item } from '../../conversations.contract.ts'
import styles from '../Composer.module.css'
import { newsKind } from '../news.ts'

export const lookAtNews = defineCommand({
  id: 'writing.news',
  text: 'composer:newsKey',
  group: 'writing',
  when: 'conversation',
  keys: ['Mod+ArrowUp'],
})

/** What others said while one writes: named above the box, one key away. Who came is said aloud by the timeline. */
export function NewsLine({ news, onLook }: { news: readonly Item[]; onLook: (ids: string[]) => void }) {
  const { t } = useTranslation('composer')
  const [first, ...more] = news
  const look = () => {
    if (!first) return
    onLook(news.map(({ id }) => id))
    goTo(first.id)
  }
  useCommand(lookAtNews, look, { off: !first })
  const keys = keyHint(lookAtNews)
  return (
    <>
      <p role="status" className={styles.spoken}>
        {first && t('newsSpoken', { keys })}
      </p>
      {first && (
        <div className={styles.waiting} data-news="">
          <span className={styles.grow}>
            {t(`news.${newsKind(first)}`, {
              name: first.author.name ?? first.author.address ?? t('somebody'),
            })}{' '}
            {more.length > 0 && <>{t('newsMore', { count: more.length })} </>}
            <Time at={first.at} />
          </span>
          <Button size="small" look="quiet" onClick={look} title={keys}>
            {t('newsLook')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Brings it on screen and the hands there. What is folded away with other events is at the end. */
function goTo(id: string) {
  const item = document.querySelector<HTMLElement>(`[data-item="${id}"]`)
  item?.dispatchEvent(new CustomEvent('moved', { bubbles: true }))
  item?.scrollIntoView({ block: 'start' })
  item?.querySelector('article')?.focus({ preventScroll: true })
}
