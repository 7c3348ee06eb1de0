// The one way to the server. A lost session is mended in place: the request waits while the person signs in
// again, then goes out once more, so that nothing typed is lost.
import { find, keep, noteOld } from '../offline/shelf.ts'
import { type Act, isAway, keepAct, sendWaiting, waitingActs } from '../offline/waiting.ts'
import { ApiError } from './ApiError.ts'
import { takeEarly } from './early.ts'

export interface Options {
  query?: Record<string, string | number | boolean | null | undefined>
  body?: unknown
  signal?: AbortSignal
  /** Kept by the caller over retries of the same act; every POST gets one anyway. */
  idempotencyKey?: string
  /** Answer 401 as an error instead of asking for the password. */
  signedOutIsFine?: boolean
  /** From the server or not at all: what the browser kept of it may be older than what was written since. */
  fresh?: boolean
  /** Whether the page has it by now: newer than what the browser kept, so that it stays when the server is away. */
  shown?: () => boolean
  /** Bytes instead of JSON. */
  as?: 'blob'
  /** The page may be left while it is on its way. */
  keepalive?: boolean
  /** Kept and sent later when the server is away: the answer comes then, even after what was done before it. */
  waits?: Pick<Act, 'kind' | 'conversation'> & { onKept?: () => void }
}

let signInAgain: (() => Promise<void>) | null = null
/** The shell says here how to ask for the password in place. */
export function onSignedOut(ask: (() => Promise<void>) | null): void {
  signInAgain = ask
}

export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const key = options.idempotencyKey ?? (method === 'POST' ? newKey() : undefined)
  const { waits, body } = options
  const wait = () => {
    const answer = keepAct({ ...waits!, id: key ?? newKey(), method, path, body })
    waits?.onKept?.()
    tryLater()
    return answer as Promise<T>
  }
  if (waits && waitingActs().length > 0) {
    const answer = wait()
    void sendKept()
    return answer
  }
  try {
    const response = await send(method, path, options, key)
    if (response.status === 401 && signInAgain && !options.signedOutIsFine) {
      await signInAgain()
      return await read<T>(await send(method, path, options, key), options)
    }
    return await read<T>(
      response,
      options,
      method === 'GET' && !options.fresh ? addressOf(path, options) : undefined,
    )
  } catch (error) {
    if (!isAway(error)) throw error
    if (waits) return wait()
    if (options.shown?.()) {
      noteOld()
      throw error
    }
    const kept =
      method === 'GET' && !options.as && !options.fresh ? await find(addressOf(path, options)) : null
    if (kept === null) throw error
    return parse(kept) as T
  }
}

const firstPause = 2_000
let pause = firstPause
let nextTry: ReturnType<typeof setTimeout> | undefined
/** Sends what was done while the server was away; what it could not take yet is tried again by itself. */
export async function sendKept(): Promise<void> {
  clearTimeout(nextTry)
  await sendWaiting(({ id, method, path, body }) =>
    request(method, path, { body, idempotencyKey: method === 'POST' ? id : undefined }),
  )
  if (waitingActs().length > 0) tryLater()
  else pause = firstPause
}
/** The line may stand while the house behind it is away (503), so that nothing tells when it is back. */
function tryLater(): void {
  clearTimeout(nextTry)
  // Without a line the next one sends what waits.
  if (!navigator.onLine) return
  nextTry = setTimeout(() => void sendKept(), pause)
  pause = Math.min(pause * 2, 60_000)
}
const addressOf = (path: string, { query }: Options) => `${path}${queryString(query)}`

export const get = <T>(path: string, options?: Options) => request<T>('GET', path, options)
export const post = <T>(path: string, body?: unknown, options?: Options) =>
  request<T>('POST', path, { ...options, body })
export const put = <T>(path: string, body?: unknown, options?: Options) =>
  request<T>('PUT', path, { ...options, body })
export const patch = <T>(path: string, body?: unknown, options?: Options) =>
  request<T>('PATCH', path, { ...options, body })
export const del = <T>(path: string, options?: Options) => request<T>('DELETE', path, options)

async function send(method: string, path: string, options: Options, key?: string): Promise<Response> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': document.documentElement.lang,
  }
  const form = options.body instanceof FormData
  if (options.body !== undefined && !form) headers['content-type'] = 'application/json'
  if (key) headers['idempotency-key'] = key
  const address = addressOf(path, options)
  const early = method === 'GET' ? takeEarly(address) : null
  try {
    if (early) return await early
    return await fetch(`/api/v1${address}`, {
      method,
      headers,
      credentials: 'same-origin',
      signal: options.signal,
      keepalive: options.keepalive,
      body: form
        ? (options.body as FormData)
        : options.body === undefined
          ? undefined
          : JSON.stringify(options.body),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, { code: 'offline' })
  }
}

async function read<T>(response: Response, { as }: Options, address?: string): Promise<T> {
  if (response.ok && as === 'blob') return (await response.blob()) as T
  if (response.status === 204) return undefined as T
  const text = await response.text()
  const parsed = parse(text)
  if (response.ok && address) keep(address, text)
  if (response.ok) return parsed as T
  const retryAfter = Number(response.headers.get('retry-after')) || null
  throw new ApiError(response.status, (parsed ?? {}) as Record<string, unknown>, retryAfter)
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function queryString(query: Options['query']): string {
  const parts = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  )
  if (parts.length === 0) return ''
  return `?${new URLSearchParams(parts.map(([name, value]) => [name, String(value)]))}`
}

/** randomUUID exists only on https and localhost; a desk may run on a plain address in the house. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
