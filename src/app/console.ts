// The console as files: built when its sources are newer than dist/console, served with their compressed sisters.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '#platform/http/http.ts'
import type { Log } from '#platform/log/log.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = `${root}dist/console`
const buildScript = `${root}bin/build.ts`
const lockFile = `${root}dist/building`

export const consoleIsBuilt = () => existsSync(`${dist}/index.html`)

/**
 * Other people's text is hostile: even if some of it got into a page, nothing of it may run or load. Pictures of
 * mails come through our own proxy.
 */
export const policy = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ')

/** Builds in a process of its own, so that the bundler's memory goes away with it. Told to stop by `signal`. */
export async function ensureConsole(log: Log, signal: AbortSignal): Promise<void> {
  if (process.env.FOYER_SKIP_BUILD || !existsSync(buildScript)) return
  const release = await holdBuild(signal)
  try {
    const build = spawn(process.execPath, [buildScript], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    })
    let said = ''
    build.stderr.on('data', (chunk) => {
      said = (said + chunk).slice(-2000)
    })
    const [code] = await once(build, 'close')
    if (code !== 0) log.warn('the console could not be built', { said })
  } catch (error) {
    if (!signal.aborted) log.warn('the console could not be built', { error })
  } finally {
    release()
  }
}

/** Two starts of one clone do not build into the same folder at once. */
async function holdBuild(signal: AbortSignal): Promise<() => void> {
  mkdirSync(`${root}dist`, { recursive: true })
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
      return () => rmSync(lockFile, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return () => {}
      if (!holderLives()) rmSync(lockFile, { force: true })
      else if (signal.aborted) return () => {}
      else await wait(200)
    }
  }
}
function holderLives(): boolean {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'))
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Serves dist/console at `/`; every path that is no file, no API and asks for a page gets the console. */
export async function serveConsole(app: App): Promise<void> {
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'same-origin')
    reply.header('x-frame-options', 'DENY')
    reply.header('cross-origin-opener-policy', 'same-origin')
    const type = String(reply.getHeader('content-type') ?? '')
    // A route that shows somebody's mail in a frame has set a stricter one of its own.
    if (type.startsWith('text/html') && !reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', `${policy}; ${ownScripts()}`)
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store')
  })
  mkdirSync(dist, { recursive: true })
  await app.register(fastifyStatic, {
    root: dist,
    preCompressed: true,
    index: false,
    cacheControl: false,
    dotfiles: 'ignore',
    setHeaders(reply, path) {
      const forEver = path.includes('/assets/')
      reply.header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/', { schema: { hide: true } }, (_request, reply) => page(reply))
}

let allowed = { at: 0, words: "script-src 'self'" }
/** Scripts are files of ours, and the one in the page that gives it a head start, by what stands in it. */
function ownScripts(): string {
  const at = statSync(`${dist}/index.html`, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (at === allowed.at) return allowed.words
  const written = readFileSync(`${dist}/index.html`, 'utf8').matchAll(/<script>([\s\S]*?)<\/script>/g)
  const hashes = [...written].map(
    ([, text = '']) => ` 'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
  allowed = { at, words: `script-src 'self'${hashes.join('')}` }
  return allowed.words
}

const page = (reply: FastifyReply) =>
  consoleIsBuilt()
    ? reply.sendFile('index.html')
    : reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The console is not built. Run "npm run build", then start Foyer again.')

/** The console for every path that a person opens and no route or file knows: its router takes it from there. */
export function showPage(request: FastifyRequest, reply: FastifyReply): FastifyReply | null {
  const isPage =
    (request.method === 'GET' || request.method === 'HEAD') &&
    !/^\/(api|live|assets)(\/|\?|$)/.test(request.url) &&
    (request.headers.accept ?? '').includes('text/html')
  return isPage ? page(reply) : null
}
