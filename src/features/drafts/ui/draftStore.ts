// What is being written, per conversation, outside of React: it outlives the screen, so that leaving a conversation
// never loses a word. Saved on the server a second after the last key; until the server has it, this browser keeps it.
import { ApiError } from '#console/api/ApiError.ts'
import { del, get, put } from '#console/api/request.ts'
import type { Attachment, MailboxInput } from '#features/conversations/conversations.contract.ts'
import type { Draft, DraftInput } from '../drafts.contract.ts'
import { parseAddresses, writeAddresses } from './addresses.ts'

export type Kind = 'draft' | 'comment-draft'
/** Recipients as they are typed; null: the ones the server would take. */
export interface Content {
  text: string
  to: string | null
  cc: string | null
  bcc: string | null
  attachments: Attachment[]
  /** The send guard refused it; it waits for a decision. */
  stopped: boolean
}
export interface DraftState {
  content: Content
  saved: 'loading' | 'saved' | 'dirty' | 'failed'
}
export const emptyContent: Content = {
  text: '',
  to: null,
  cc: null,
  bcc: null,
  attachments: [],
  stopped: false,
}
export const isEmpty = ({ text, attachments }: Content) => text.trim() === '' && attachments.length === 0

const states = new Map<string, DraftState>()
const listeners = new Set<() => void>()
const timers = new Map<string, number>()
const onTheWay = new Map<string, Promise<unknown>>()
const loading: DraftState = { content: emptyContent, saved: 'loading' }

let writer = ''
/** Who writes in this browser: the next person at the same desk finds nothing of the one before. */
export function writeAs(agent: string): void {
  writer = agent
}
const key = (number: number, kind: Kind) => `foyer.${writer}.${kind}.${number}`
const path = (number: number, kind: Kind) => `/conversations/${number}/${kind}`

export const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const read = (number: number, kind: Kind): DraftState => states.get(key(number, kind)) ?? loading

function set(name: string, state: DraftState) {
  states.set(name, state)
  for (const listener of listeners) listener()
}

/** Fetches the draft unless something newer is being written here. */
export async function open(number: number, kind: Kind): Promise<void> {
  const name = key(number, kind)
  const known = states.get(name)
  if (known && known.saved !== 'saved') return
  const kept = localStorage.getItem(name)
  if (!known && kept) {
    set(name, { content: { ...emptyContent, ...JSON.parse(kept) }, saved: 'dirty' })
    return schedule(number, kind)
  }
  try {
    const draft = await get<Draft | null>(path(number, kind))
    const now = states.get(name)
    if (!now || now.saved === 'saved' || now.saved === 'loading')
      set(name, { content: fromServer(draft), saved: 'saved' })
  } catch (error) {
    if (states.has(name)) return
    // No draft is the ordinary case; not being able to ask is no reason to keep anybody from writing.
    if (error instanceof ApiError) set(name, { content: emptyContent, saved: 'saved' })
  }
}

export function change(number: number, kind: Kind, part: Partial<Content>): void {
  const name = key(number, kind)
  const content = { ...read(number, kind).content, ...part }
  localStorage.setItem(name, JSON.stringify(content))
  set(name, { content, saved: 'dirty' })
  schedule(number, kind)
}

function schedule(number: number, kind: Kind, wait = 1000) {
  const name = key(number, kind)
  window.clearTimeout(timers.get(name))
  timers.set(
    name,
    window.setTimeout(() => void flush(number, kind), wait),
  )
}

/** Saves now what isn't saved yet. */
export async function flush(number: number, kind: Kind, keepalive = false): Promise<void> {
  const name = key(number, kind)
  window.clearTimeout(timers.get(name))
  timers.delete(name)
  const state = states.get(name)
  if (!state || (state.saved !== 'dirty' && state.saved !== 'failed')) return
  const { content } = state
  try {
    await queued(name, () =>
      isEmpty(content)
        ? del(path(number, kind), { keepalive })
        : put(path(number, kind), toServer(content, kind), { keepalive }),
    )
    if (states.get(name)?.content !== content) return
    localStorage.removeItem(name)
    set(name, { content, saved: 'saved' })
  } catch (error) {
    if (states.get(name)?.content !== content) return
    set(name, { content, saved: 'failed' })
    // What the server refuses as it stands is tried again with the next key, not before.
    const final =
      error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429
    if (!final) schedule(number, kind, 5000)
  }
}

/** One request per draft at a time, so that an older word never overtakes a newer one. */
async function queued(name: string, act: () => Promise<unknown>): Promise<void> {
  const before = onTheWay.get(name)
  const mine = (async () => {
    await before?.catch(() => {})
    await act()
  })()
  onTheWay.set(name, mine)
  await mine
}

/** Before a send: nothing of this draft is on its way any more, nor will be. */
export async function settle(number: number, kind: Kind): Promise<void> {
  const name = key(number, kind)
  window.clearTimeout(timers.get(name))
  timers.delete(name)
  await onTheWay.get(name)?.catch(() => {})
}

/** It was sent or thrown away. */
export async function discard(number: number, kind: Kind): Promise<void> {
  const name = key(number, kind)
  await settle(number, kind)
  localStorage.removeItem(name)
  set(name, { content: emptyContent, saved: 'saved' })
  await queued(name, () => del(path(number, kind))).catch(() => {})
}

const fromServer = (draft: Draft | null): Content =>
  draft
    ? {
        text: draft.text,
        to: writeAddresses(draft.to),
        cc: writeAddresses(draft.cc),
        bcc: writeAddresses(draft.bcc),
        attachments: draft.attachments,
        stopped: draft.stopped,
      }
    : emptyContent

function toServer(content: Content, kind: Kind): DraftInput {
  const list = (typed: string | null): MailboxInput[] | null =>
    typed === null ? null : parseAddresses(typed).good
  const base = { text: content.text, attachments: content.attachments.map((file) => file.id) }
  if (kind === 'comment-draft') return base
  return {
    ...base,
    to: list(content.to),
    cc: list(content.cc),
    bcc: list(content.bcc),
    stopped: content.stopped,
  }
}
