import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import { FoldButton } from './FoldButton.tsx'
import { frameStyles, type Sheet } from './frameStyles.ts'
import styles from './MailFrame.module.css'
import { contentId, countRemote, hasFold, hasOwnColours, mailDocument } from './mailDocument.ts'
import { useDark } from './useDark.ts'
import { useFrame } from './useFrame.ts'
import { useNear } from './useNear.ts'
import { type Framed, usePictures } from './usePictures.ts'

const keptSheet = 'foyer.sheet'

/** A mail's HTML in a frame where nothing runs. Remote pictures wait for the reader's word. */
export function MailFrame({
  html,
  message,
  children,
}: {
  html: string
  message: Framed
  /** Its words, there at once and about as high, until the frame has been measured. */
  children: ReactNode
}) {
  const { t } = useTranslation('timeline')
  const place = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLIFrameElement>(null)
  const near = useNear(place)
  const dark = useDark()
  const pictures = usePictures(message)
  const [unfolded, setUnfolded] = useState(false)
  const [turned, setTurned] = useState(() => localStorage.getItem(keptSheet) === 'dark')
  const remoteCount = useMemo(() => countRemote(html), [html])
  const own = useMemo(() => hasOwnColours(html), [html])
  const folds = hasFold(html)
  const laidOut = useMemo(() => /<(?:table|img)\b/i.test(html), [html])
  const sheet: Sheet = !own ? 'plain' : dark && turned ? 'dark' : 'white'
  const { attachments } = message
  const source = useMemo(() => {
    if (!near) return ''
    const inline = new Map(
      attachments.flatMap(({ id, contentId: name }) =>
        name ? [[contentId(name), `/api/v1/attachments/${id}/view`] as const] : [],
      ),
    )
    return mailDocument(html, { inline, remote: pictures.shown }, frameStyles(sheet, dark), location.origin)
  }, [near, html, attachments, pictures.shown, sheet, dark])
  const height = useFrame(frame, message.id, source, folds && !unfolded)
  const turn = () => {
    localStorage.setItem(keptSheet, turned ? 'white' : 'dark')
    setTurned(!turned)
  }

  return (
    <div ref={place} className={styles.place}>
      {(remoteCount > 0 || (own && dark)) && (
        <div className={styles.bar}>
          {remoteCount > 0 && <PicturesBar count={remoteCount} pictures={pictures} />}
          {own && dark && (
            <Button look="quiet" size="small" icon="sun" onClick={turn}>
              {t(turned ? 'onWhite' : 'onDark')}
            </Button>
          )}
        </div>
      )}
      {height === null && (laidOut ? <div className={styles.guess} /> : children)}
      {source ? (
        <iframe
          ref={frame}
          className={styles.frame}
          data-sheet={sheet}
          data-unmeasured={height === null || undefined}
          title={t('console:mailOf', { name: message.from?.name ?? message.from?.address ?? '' })}
          sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
          srcDoc={source}
          style={{ height: height ?? undefined }}
        />
      ) : (
        <div style={{ height: height ?? undefined }} />
      )}
      {folds && <FoldButton open={unfolded} onChange={setUnfolded} />}
    </div>
  )
}

function PicturesBar({ count, pictures }: { count: number; pictures: ReturnType<typeof usePictures> }) {
  const { t } = useTranslation('timeline')
  const { sender, always, shown, show, setAlways } = pictures
  return (
    <>
      {!shown && (
        <Button look="quiet" size="small" icon="eye" onClick={show}>
          {t('console:showPictures', { count })}
        </Button>
      )}
      {sender && (
        <Button look="quiet" size="small" onClick={() => setAlways(!always)}>
          {t(always ? 'picturesAsk' : 'picturesAlways', { address: sender })}
        </Button>
      )}
    </>
  )
}
