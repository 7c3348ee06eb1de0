// Push to this very browser: asking it, telling the desk, and telling it again after signing in anew.
import { post } from '#console/api/request.ts'
import { deviceWords } from '#features/sign-in/ui/SessionsPage.tsx'

const kept = (agent: string) => `foyer.${agent}.push`
const told = 'foyer.push.told'

export const canPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** Asks the browser and adds it. 'denied': its person said no, now or before. */
export async function pushHere(agent: string, key: string): Promise<'added' | 'denied' | 'failed'> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  try {
    await navigator.serviceWorker.register('/sw.js')
    const { pushManager } = await navigator.serviceWorker.ready
    // One made for another desk's key, or before the key was changed, is of no use.
    await (await pushManager.getSubscription())?.unsubscribe()
    const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
    await tell(subscription)
    localStorage.setItem(kept(agent), '1')
    return 'added'
  } catch {
    return 'failed'
  }
}

/** This browser takes no more. */
export async function pushHereNoMore(agent: string): Promise<void> {
  localStorage.removeItem(kept(agent))
  const registration = await navigator.serviceWorker?.getRegistration()
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
}

/** A push goes to who is signed in: after signing in anew the desk has to know that this browser is still his. */
export async function sayPushHere(agent: string): Promise<void> {
  if (!canPush() || !localStorage.getItem(kept(agent)) || sessionStorage.getItem(told)) return
  sessionStorage.setItem(told, '1')
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  if (subscription) await tell(subscription).catch(() => sessionStorage.removeItem(told))
}

async function tell(subscription: PushSubscription) {
  const { endpoint, keys } = subscription.toJSON()
  await post('/me/push', {
    endpoint,
    keys: { p256dh: keys?.p256dh, auth: keys?.auth },
    name: deviceWords(navigator.userAgent),
  })
}
