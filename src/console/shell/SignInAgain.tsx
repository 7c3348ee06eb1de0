import { Suspense, useEffect, useRef, useState } from 'react'
import { lazily } from '#console/kit/lazily.ts'
import { onSignedOut } from '../api/request.ts'

const Ask = lazily(async () => (await import('./SignInAgainDialog.tsx')).SignInAgainDialog)

/** The session ended while somebody was working: the password is asked in place, what was typed stays. */
export function SignInAgain() {
  const waiting = useRef<(() => void)[]>([])
  const [open, setOpen] = useState(false)
  useEffect(() => {
    onSignedOut(
      () =>
        new Promise<void>((resolve) => {
          waiting.current.push(resolve)
          whenHandsRest(() => waiting.current.length > 0 && setOpen(true))
        }),
    )
    return () => onSignedOut(null)
  }, [])
  const done = () => {
    setOpen(false)
    for (const resolve of waiting.current.splice(0)) resolve()
  }
  return <Suspense>{open && <Ask onDone={done} />}</Suspense>
}

/** A sentence being typed is not torn apart, and its end not typed into the password. */
function whenHandsRest(act: () => unknown): void {
  const rested = () => {
    window.removeEventListener('keydown', again, true)
    act()
  }
  let timer = window.setTimeout(rested, 900)
  function again() {
    window.clearTimeout(timer)
    timer = window.setTimeout(rested, 900)
  }
  window.addEventListener('keydown', again, true)
}
