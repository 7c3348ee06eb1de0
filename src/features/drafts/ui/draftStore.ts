// What is being written, per conversation, outside of React: it outlives the screen, so that leaving a conversation
// never loses a word. Saved on the server a second after the last key; until the server has it, this browser keeps it.
import i18next from 'i18next'
import { ApiError } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del, get, put } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import { isAway } from '#console/offline/waiting.ts'
import { picturesIn } from '#console/writing/richWords.ts'
import { settleWriting } from '#console/writing/settleWriting.ts'
import type { Attachment, MailboxInput, Then } from '#features/conversations/conversations.contract.ts'
import type { Draft, DraftInput } from '../drafts.contract.ts'
import { parseAddresses, writeAddresses } from './addresses.ts'

export type Kind = 'draft' | 'comment-draft'
/** Recipients as they are typed; null: the ones the server would take. */
export interface Content {
  text: string
  /** null: plain text says it all */
  html: string | null
  to: string | null
  cc: string | null
  bcc: string | null
  attachments: Attachment[]
  /** What happens to the conversation after sending; null: what is usual in its inbox. */
  then: Then | null
  /** The send guard refused it; it waits for a decision. */
  stopped: boolean
  /** The newest item its writer had seen when it was stopped. */
  lastSeen: string | null
}
export interface DraftState {
  content: Content
  saved: 'loading' | 'saved' | 'dirty' | 'failed'
}
export const emptyContent: Content = {
  text: '',
  html: null,
  to: null,
  cc: null,
  bcc: null,
  attachments: [],
  then: null,
  stopped: false,
  lastSeen: null,
}
/** Nothing to send: no words, no picture between them. */
export const isWordless = ({ text, html }: Pick<Content, 'text' | 'html'>) =>
  text.trim() === '' && picturesIn(html).length === 0
export const isEmpty = (content: Content) => isWordless(content) && filesOf(content).length === 0
/** What goes along: pictures taken out of the words do not. */
export const filesOf = ({ html, attachments }: Pick<Content, 'html' | 'attachments'>): Attachment[] => {
  const shown = new Set(picturesIn(html))
  return attachments.filter((file) => !file.inline || shown.has(file.id))
}

const states = new Map<string, DraftState>()
const listeners = new Set<() => void>()
const timers = new Map<string, number>()
const onTheWay = new Map<string, Promise<unknown>>()
/** How often this draft was written to the server from here, and the version that came of it. */
const epochs = new Map<string, number>()
const versions = new Map<string, string | null>()
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

/** Lets go of what is known of a draft without a word that is saved; asked for again, it is fetched again. */
function forget(number: number, kind: Kind): void {
  const name = key(number, kind)
  const state = states.get(name)
  if (state?.saved !== 'saved' || !isEmpty(state.content)) return
  if (timers.has(name) || onTheWay.has(name)) return
  for (const known of [states, epochs, versions]) known.delete(name)
}
// Hundreds of conversations are opened a day: what was told of a draft goes with the answer that told it.
queryClient.getQueryCache().subscribe(({ type, query }) => {
  const [kind, number, ...more] = query.queryKey
  if (type === 'removed' && (kind === 'draft' || kind === 'comment-draft') && more.length === 0)
    forget(Number(number), kind)
})

/** Looks for words this browser kept that the server has not got; after a crash, before anything is fetched. */
export function findKept(number: number, kind: Kind): void {
  const name = key(number, kind)
  if (states.has(name)) return
  const kept = localStorage.getItem(name)
  if (!kept) return
  set(name, { content: { ...emptyContent, ...JSON.parse(kept) }, saved: 'dirty' })
  versions.set(name, null)
  schedule(number, kind)
}

/**
 * Fetches the draft as the server has it, from whichever device or colleague it came. It takes the place of what
 * stands here unless something newer is being written; words typed before it had come stand below it.
 */
export async function refresh(number: number, kind: Kind): Promise<Draft | null> {
  const name = key(number, kind)
  findKept(number, kind)
  const epoch = epochs.get(name)
  try {
    const draft = await get<Draft | null>(path(number, kind), { fresh: true })
    if (epochs.get(name) === epoch) received(name, draft)
    return draft
  } catch (error) {
    // Not being able to ask is no reason to keep anybody from writing.
    if (!states.has(name) && error instanceof ApiError) set(name, { content: emptyContent, saved: 'saved' })
    throw error
  }
}

function received(name: string, draft: Draft | null) {
  const known = states.get(name)
  const first = !versions.has(name)
  const version = draft?.updatedAt ?? null
  if (!known || known.saved === 'loading' || known.saved === 'saved') {
    if (!first && versions.get(name) === version) return
    versions.set(name, version)
    if (draft === null && known && !isEmpty(known.content)) say(i18next.t('composer:draftGone'))
    set(name, { content: fromServer(draft), saved: 'saved' })
  } else if (first) {
    versions.set(name, version)
    if (draft) set(name, { content: below(fromServer(draft), known.content), saved: 'dirty' })
  }
}

/** Both texts stand in the box: what the server had, and below it what was written here. */
async function mergeInto(number: number, kind: Kind) {
  const name = key(number, kind)
  const draft = await get<Draft | null>(path(number, kind), { fresh: true }).catch(() => undefined)
  if (draft === undefined) return schedule(number, kind, 5000)
  settleWriting()
  versions.set(name, draft?.updatedAt ?? null)
  const { content } = read(number, kind)
  set(name, { content: draft ? below(fromServer(draft), content) : content, saved: 'dirty' })
  schedule(number, kind)
}

function below(old: Content, own: Content): Content {
  if (isEmpty(old) || own.text.startsWith(old.text)) return own
  if (isEmpty(own) || old.text.endsWith(own.text)) return old
  const rich = old.html !== null || own.html !== null
  return {
    ...old,
    text: `${old.text}\n${own.text}`,
    html: rich ? `${old.html ?? linesHtml(old.text)}${own.html ?? linesHtml(own.text)}` : null,
    attachments: [
      ...old.attachments,
      ...own.attachments.filter((file) => !old.attachments.some((each) => each.id === file.id)),
    ],
  }
}
const linesHtml = (text: string) =>
  text
    .split('\n')
    .map((line) => `<div>${line.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`) || '<br>'}</div>`)
    .join('')

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

/** Puts somebody's words as a quote below what is written. */
export function quoteBelow(number: number, kind: Kind, words: string): void {
  settleWriting()
  const { text, html } = read(number, kind).content
  const lines = words.split('\n')
  const quoted = lines.map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`)).join('\n')
  change(number, kind, {
    text: `${text ? `${text.trimEnd()}\n\n` : ''}${quoted}\n\n`,
    html: html && `${html}<blockquote>${linesHtml(words)}</blockquote><div><br></div>`,
  })
}

/** Saves now what isn't saved yet. */
export async function flush(number: number, kind: Kind, keepalive = false): Promise<void> {
  settleWriting()
  const name = key(number, kind)
  window.clearTimeout(timers.get(name))
  timers.delete(name)
  const state = states.get(name)
  if (!state || (state.saved !== 'dirty' && state.saved !== 'failed')) return
  // Begun without a line: what the server has of it stands above it before anything is saved over it.
  if (!versions.has(name))
    await refresh(number, kind).catch((error) => {
      if (!isAway(error)) versions.set(name, null)
    })
  if (!versions.has(name)) {
    set(name, { content: states.get(name)?.content ?? state.content, saved: 'failed' })
    return void schedule(number, kind, 5000)
  }
  const { content } = states.get(name) ?? state
  try {
    await queued(name, async () => {
      if (isEmpty(content)) await del(path(number, kind), { keepalive })
      const kept = isEmpty(content)
        ? null
        : await put<Draft>(
            path(number, kind),
            { ...toServer(content, kind), known: versions.get(name) ?? undefined },
            { keepalive },
          )
      keepVersion(name, kept?.updatedAt ?? null)
    })
    if (states.get(name)?.content !== content) return
    localStorage.removeItem(name)
    set(name, { content, saved: 'saved' })
  } catch (error) {
    if (states.get(name)?.content !== content) return
    if (error instanceof ApiError && error.code === 'draft_changed') return void mergeInto(number, kind)
    set(name, { content, saved: 'failed' })
    // What the server refuses as it stands is tried again with the next key, not before.
    const final =
      error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429
    if (!final) schedule(number, kind, 5000)
  }
}

/** Begun or gone: the count of drafts is another. Nobody is told of a comment's draft, not even oneself. */
function keepVersion(name: string, version: string | null) {
  const begunOrGone = ((versions.get(name) ?? null) === null) !== (version === null)
  versions.set(name, version)
  if (!begunOrGone) return
  for (const queryKey of [keys.views, keys.drafts]) void queryClient.invalidateQueries({ queryKey })
}

/** One request per draft at a time, so that an older word never overtakes a newer one. */
async function queued(name: string, act: () => Promise<unknown>): Promise<void> {
  const before = onTheWay.get(name)
  const mine = (async () => {
    await before?.catch(() => {})
    const wrote = () => epochs.set(name, (epochs.get(name) ?? 0) + 1)
    wrote()
    await act()
    wrote()
  })()
  onTheWay.set(name, mine)
  try {
    await mine
  } finally {
    if (onTheWay.get(name) === mine) onTheWay.delete(name)
  }
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
  await queued(name, async () => {
    await del(path(number, kind))
    keepVersion(name, null)
  }).catch(() => {})
}

/** What the server has not got yet goes along to where the conversation was merged into. */
export async function carryOver(from: number, to: number, kind: Kind): Promise<void> {
  settleWriting()
  const { content, saved } = read(from, kind)
  if ((saved !== 'dirty' && saved !== 'failed') || isEmpty(content)) return
  await refresh(to, kind).catch(() => {})
  change(to, kind, below(read(to, kind).content, content))
  window.clearTimeout(timers.get(key(from, kind)))
  localStorage.removeItem(key(from, kind))
  states.delete(key(from, kind))
}

/** A file more, or one less; two that arrive at once both stay. */
export const attach = (number: number, kind: Kind, file: Attachment): void =>
  change(number, kind, { attachments: [...read(number, kind).content.attachments, file] })
export const detach = (number: number, kind: Kind, id: string): void =>
  change(number, kind, {
    attachments: read(number, kind).content.attachments.filter((file) => file.id !== id),
  })

const fromServer = (draft: Draft | null): Content =>
  draft
    ? {
        text: draft.text,
        html: draft.html,
        to: writeAddresses(draft.to),
        cc: writeAddresses(draft.cc),
        bcc: writeAddresses(draft.bcc),
        attachments: withPlace(draft),
        then: draft.then,
        stopped: draft.stopped,
        lastSeen: draft.lastSeen,
      }
    : emptyContent

/** The server tells what hangs on a draft, not where it is shown: what stands between the words is a picture. */
function withPlace({ html, attachments }: Draft): Attachment[] {
  const shown = new Set(picturesIn(html))
  return attachments.map((file) => ({ ...file, inline: shown.has(file.id) }))
}

function toServer(content: Content, kind: Kind): DraftInput {
  const list = (typed: string | null): MailboxInput[] | null =>
    typed === null ? null : parseAddresses(typed).good
  const base = {
    text: content.text,
    html: content.html,
    attachments: filesOf(content).map((file) => file.id),
  }
  if (kind === 'comment-draft') return base
  return {
    ...base,
    to: list(content.to),
    cc: list(content.cc),
    bcc: list(content.bcc),
    then: content.then,
    stopped: content.stopped,
    lastSeen: content.lastSeen,
  }
}
