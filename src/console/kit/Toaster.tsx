import { Toast as Base } from '@base-ui/react/toast'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './Button.tsx'
import type { ToastExtra } from './popups.ts'
import styles from './Toaster.module.css'

const manager = Base.createToastManager<ToastExtra>()

let mounted = () => {}
/** Until then nobody would hear. */
export const ready = new Promise<void>((resolve) => {
  mounted = resolve
})

export function add(id: string, text: string, { tone, ...data }: ToastExtra & { tone?: 'broken' }): void {
  manager.add({
    id,
    title: text,
    type: tone ?? 'plain',
    priority: tone ? 'high' : 'low',
    timeout: data.until ? 0 : tone || data.act ? 9000 : 4000,
    data,
  })
}
export const remove = (id: string) => manager.close(id)

export function Toaster() {
  // After the provider's own effect, which listens to the manager.
  useEffect(() => mounted(), [])
  return (
    <Base.Provider toastManager={manager} limit={4}>
      <Base.Portal>
        <Base.Viewport className={styles.viewport}>
          <Shown />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function Shown() {
  const { t } = useTranslation('console')
  const { toasts, close } = Base.useToastManager<ToastExtra>()
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className={styles.toast}
      swipeDirection={['down', 'right']}
      data-toast=""
    >
      <Base.Content className={styles.content}>
        <Base.Title className={styles.title} render={<p />} />
        {toast.data?.act && (
          <Button
            size="small"
            onClick={() => {
              toast.data?.act?.run()
              close(toast.id)
            }}
          >
            {toast.data.act.label}
            {toast.data.until && <Countdown until={toast.data.until} onEnd={() => close(toast.id)} />}
          </Button>
        )}
        <Base.Close render={<IconButton name="close" size="small" label={t('close')} />} />
      </Base.Content>
    </Base.Root>
  ))
}

/** Seconds left, for the eye only: a screen reader heard the sentence already. */
function Countdown({ until, onEnd }: { until: number; onEnd: () => void }) {
  const [left, setLeft] = useState(() => secondsTo(until))
  const end = useRef(onEnd)
  end.current = onEnd
  useEffect(() => {
    const timer = window.setInterval(() => {
      const next = secondsTo(until)
      setLeft(next)
      if (next > 0) return
      window.clearInterval(timer)
      end.current()
    }, 250)
    return () => window.clearInterval(timer)
  }, [until])
  return (
    <span className={styles.count} aria-hidden="true">
      {left}
    </span>
  )
}
const secondsTo = (until: number) => Math.max(0, Math.ceil((until - Date.now()) / 1000))
