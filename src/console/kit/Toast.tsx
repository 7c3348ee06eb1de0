import { Suspense, useEffect, useState } from 'react'
import { lazily, surely } from './lazily.ts'
import type { ToastExtra } from './popups.ts'

let last = 0
let need = () => {}
const load = () => surely(() => import('./Toaster.tsx'))

/** Says what happened, from anywhere. Answers its id. */
export function say(text: string, more: ToastExtra & { tone?: 'broken' } = {}): string {
  last += 1
  const id = `toast-${last}`
  need()
  void load().then(async ({ ready, add }) => {
    await ready
    add(id, text, more)
  })
  return id
}
export const unsay = (id: string) => void load().then(({ remove }) => remove(id))

const Real = lazily(async () => (await load()).Toaster)
/** Where what is said appears. */
export function Toasts() {
  const [needed, setNeeded] = useState(false)
  useEffect(() => {
    need = () => setNeeded(true)
    return () => {
      need = () => {}
    }
  }, [])
  return <Suspense>{needed && <Real />}</Suspense>
}
