import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import type { Message } from '../conversations.contract.ts'
import { addStyles, quoted } from './frameStyles.ts'
import styles from './MailFrame.module.css'
import { contentId, countRemote, hasOwnColours, mailDocument } from './mailDocument.ts'
import { markFold } from './markFold.ts'
import foldStyles from './Words.module.css'

/** Heights as they turned out, so that a mail opened again doesn't grow under the eye. */
const heights = new Map<string, number>()

/** A mail's HTML in a frame where nothing runs. Remote pictures wait for the reader's word. */
export function MailFrame({ html, message }: { html: string; message: Message }) {
  const { t } = useTranslation('console')
  const frame = useRef<HTMLIFrameElement>(null)
  const [remote, setRemote] = useState(false)
  const [unfolded, setUnfolded] = useState(false)
  const [hasQuote, setHasQuote] = useState(false)
  const [height, setHeight] = useState(heights.get(message.id) ?? 80)
  const remoteCount = useMemo(() => countRemote(html), [html])
  const own = useMemo(() => hasOwnColours(html), [html])
  const source = useMemo(() => {
    const inline = new Map(
      message.attachments.flatMap(({ id, contentId: name }) =>
        name ? [[contentId(name), `/api/v1/attachments/${id}`] as const] : [],
      ),
    )
    return mailDocument(html, { inline, remote }, location.origin)
  }, [html, message.attachments, remote])

  useEffect(() => {
    const element = frame.current
    if (!element) return
    let growth: ResizeObserver | undefined
    const dress = () => {
      const inside = element.contentDocument
      if (!inside?.body) return
      addStyles(inside, own)
      if (message.fold) markFold(inside.body, message.text, message.fold)
      const quotes = inside.querySelectorAll(quoted)
      // A mail that is nothing but a quote (a forwarded one) stays open.
      setHasQuote(quotes.length > 0 && restHasWords(inside))
      const measure = () => {
        const next = Math.ceil(inside.documentElement.getBoundingClientRect().height)
        heights.set(message.id, next)
        setHeight(next)
      }
      growth?.disconnect()
      growth = new ResizeObserver(measure)
      growth.observe(inside.documentElement)
      measure()
    }
    element.addEventListener('load', dress)
    if (element.contentDocument?.readyState === 'complete' && element.contentDocument.body?.childNodes.length)
      dress()
    return () => {
      element.removeEventListener('load', dress)
      growth?.disconnect()
    }
  }, [own, message.id, message.text, message.fold])

  useEffect(() => {
    frame.current?.contentDocument?.documentElement?.toggleAttribute('data-folded', hasQuote && !unfolded)
  }, [hasQuote, unfolded])

  return (
    <div>
      {remoteCount > 0 && !remote && (
        <div className={styles.pictures}>
          <Button look="quiet" size="small" icon="eye" onClick={() => setRemote(true)}>
            {t('showPictures', { count: remoteCount })}
          </Button>
        </div>
      )}
      <iframe
        ref={frame}
        className={styles.frame}
        data-own={own || undefined}
        title={t('mailOf', { name: message.from?.name ?? message.from?.address ?? '' })}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        srcDoc={source}
        style={{ height }}
      />
      {hasQuote && (
        <button
          type="button"
          className={foldStyles.fold}
          aria-expanded={unfolded}
          aria-label={unfolded ? t('foldHide') : t('foldShow')}
          title={unfolded ? t('foldHide') : t('foldShow')}
          onClick={() => setUnfolded(!unfolded)}
        >
          •••
        </button>
      )}
    </div>
  )
}

function restHasWords(inside: Document): boolean {
  const copy = inside.body.cloneNode(true) as HTMLElement
  for (const each of copy.querySelectorAll(quoted)) each.remove()
  return (copy.textContent ?? '').trim() !== '' || copy.querySelector('img') !== null
}
