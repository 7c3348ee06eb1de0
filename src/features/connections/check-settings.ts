import { isIP } from 'node:net'
import { refuseField } from '#platform/errors/refuse.ts'
import type { ServerInput } from './connections.contract.ts'

/** A mail server's settings as they are kept, the password apart. */
export interface Server {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  username: string | null
}
const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i
const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/i

/** 422 naming the field. Without encryption a password would travel open: only on this machine. */
export function checkServer(input: ServerInput, field: string): ServerInput {
  const host = input.host.trim()
  if (!hostName.test(host) && isIP(host) === 0) refuseField(`${field}.host`, 'wrong_format')
  if (input.security === 'none' && !loopback.test(host)) refuseField(`${field}.security`, 'not_allowed')
  return { ...input, host }
}
export const serverSettings = ({ host, port, security, username }: ServerInput): Server => ({
  host,
  port,
  security,
  username: username || null,
})

/** The name a mail server gives itself in Authentication-Results (RFC 8601 §2.5), in small letters; null: none. */
export function checkAuthServer(name: string | null | undefined): string | null {
  const server = name?.trim().toLowerCase()
  if (!server) return null
  return hostName.test(server) ? server : refuseField('authServer', 'wrong_format')
}

/** `now`, `all`, or a date, kept as UTC ISO 8601. */
export function checkSince(since: string): string {
  if (since === 'now' || since === 'all') return since
  const date = new Date(since)
  return Number.isNaN(date.getTime()) ? refuseField('since', 'wrong_format') : date.toISOString()
}

export function checkUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') refuseField('url', 'wrong_format')
  return parsed.href
}
