// A head start: index.html asks for what the first screen shows while the console itself is still on its way. It asks
// what this place asked last time, as noted here; nothing is asked where nobody is known to be signed in.

const noted = 'foyer.start'
const places = 30

declare global {
  /** Answers on their way, by address below /api/v1; made by index.html. */
  var foyerEarly: Record<string, Promise<Response>> | undefined
}

/** The answer that was asked for ahead, once; null when there is none, or it is no longer fresh. */
export function takeEarly(address: string): Promise<Response> | null {
  if (performance.now() > 15_000) return null
  const answer = globalThis.foyerEarly?.[address]
  if (!answer) return null
  delete globalThis.foyerEarly?.[address]
  return answer
}

/** Notes what the list at this place is asked by, for the next start here. */
export function noteStart(place: string, list: string): void {
  const { [place]: _before, ...others } = lists()
  const kept = Object.entries(others).slice(1 - places)
  localStorage.setItem(noted, JSON.stringify(Object.fromEntries([...kept, [place, list]])))
}
export const forgetStarts = (): void => localStorage.removeItem(noted)

function lists(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(noted) ?? '{}')
  } catch {
    return {}
  }
}
