// One person, several tabs: what is true in one is true in all, at once and without the server.
import { queryClient } from '../api/query.ts'
import { setLanguage, type UiLanguage } from '../i18n.ts'
import { applyTheme, type Theme } from '../theme.ts'

type Word =
  | { kind: 'signed-out' }
  | { kind: 'signed-in'; agent: string }
  | { kind: 'settings'; theme?: Theme; language?: UiLanguage }
  | { kind: 'read'; conversation: number }

const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('foyer') : null
/** Tells the other tabs of this browser. */
export const tellTabs = (word: Word): void => channel?.postMessage(word)

/** Hears every word of the other tabs until the answer is called. */
export function hearWord(hear: (word: Word) => void): () => void {
  const listen = ({ data }: MessageEvent<Word>) => hear(data)
  channel?.addEventListener('message', listen)
  return () => channel?.removeEventListener('message', listen)
}

/** Hears what other tabs say, for as long as this person is at the desk. */
export function hearTabs(me: string): () => void {
  return hearWord((data) => {
    if (data.kind === 'signed-out') location.assign('/sign-in')
    // The cookie is somebody else's now: nothing of the first one may stay on screen.
    else if (data.kind === 'signed-in' && data.agent !== me) location.assign('/')
    else if (data.kind === 'settings') {
      if (data.theme) applyTheme(data.theme)
      if (data.language) void setLanguage(data.language)
      void queryClient.invalidateQueries({ queryKey: ['me'] })
    } else if (data.kind === 'read')
      for (const queryKey of [['conversation', data.conversation], ['list'], ['views']])
        void queryClient.invalidateQueries({ queryKey })
  })
}

/** Whether this tab is the one that makes a noise, where several of one person are open: the one that asks first. */
export async function isLoud(): Promise<boolean> {
  if (!navigator.locks) return true
  return new Promise((resolve) => {
    void navigator.locks.request('foyer.loud', { ifAvailable: true }, async (lock) => {
      resolve(lock !== null)
      // Held for a moment, so that the same news makes one sound in all tabs together.
      if (lock) await new Promise((done) => window.setTimeout(done, 1500))
    })
  })
}
