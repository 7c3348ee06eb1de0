import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import type { Message } from '../conversations.contract.ts'
import styles from './MailFrame.module.css'
import { contentId, countRemote, hasOwnColours, mailDocument } from './mailDocument.ts'
import foldStyles from './Words.module.css'

/** Heights as they turned out, so that a mail opened again doesn't grow under the eye. */
const heights = new Map<string, number>()
const quoted =
  '.gmail_quote, blockquote[type="cite"], .yahoo_quoted, .moz-cite-prefix, #divRplyFwdMsg, #divRplyFwdMsg ~ *, #appendonsend ~ *, .protonmail_quote'

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
  }, [own, message.id])

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

/** Our type and width; the mail's own styles go before. Colours follow the theme unless the mail has its own. */
function addStyles(inside: Document, own: boolean) {
  const font = getComputedStyle(document.documentElement).getPropertyValue('--font')
  const style = inside.createElement('style')
  const dark = getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)' && !own
  style.textContent = `
    html { color-scheme: ${dark ? 'dark' : 'light'}; overflow: auto hidden; }
    body { margin: 0; ${own ? 'padding: 12px; ' : ''}font: 14px/1.5 ${font}; color: ${own ? '#1b1b20' : getComputedStyle(document.body).color}; overflow-wrap: anywhere; }
    body > :first-child { margin-top: 0; } body > :last-child { margin-bottom: 0; }
    img { max-width: 100%; } img:not([data-blocked]) { height: auto; }
    img[data-blocked] { min-width: 24px; min-height: 16px; background: #8881; outline: 1px dashed #8886; font-size: 12px; }
    blockquote { margin-inline: 0; padding-inline-start: 12px; border-inline-start: 2px solid #8884; }
    pre { white-space: pre-wrap; }
    table { max-width: 100%; }
    html[data-folded] :is(${quoted}) { display: none; }
    ${own ? '' : `a { color: ${dark ? '#9fb0ff' : '#3a55d0'}; }`}`
  inside.head.append(style)
}
