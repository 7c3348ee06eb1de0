// What can be seen without a database: the runtime, the folders, the ports, the console.

import { once } from 'node:events'
import { constants, existsSync, statSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { readCertificate } from '#channels/email/door-certificate.ts'
import { ownerMayEnterCluster } from '#platform/db/cluster-place.ts'
import { openFolderStore } from '#platform/files/files.ts'
import { type Finding, fine, type Patient, wrong } from './finding.ts'

const oldestNode = 24
/** Less than this, and mail is soon turned away. */
const enoughBytes = 1024 ** 3

export async function lookAtMachine(patient: Patient): Promise<Finding[]> {
  const { config } = patient
  return [
    lookAtNode(patient),
    await lookAtFolder(config.data),
    ...(config.databaseUrl ? [] : [lookAtPlace(config.data)]),
    lookAtSecret(config.data),
    await lookAtFiles(config.data),
    await lookAtDisk(patient),
    await lookAtPort('http_port', config.host, config.port),
    await lookAtPort('smtp_port', config.host, config.smtpPort),
    await lookAtCertificate(patient),
    patient.consoleIsBuilt() ? fine('console') : wrong('console', 'missing'),
  ]
}

function lookAtNode({ nodeVersion }: Patient): Finding {
  const version = nodeVersion.replace(/^v/, '')
  return Number(version.split('.')[0]) < oldestNode
    ? wrong('node', 'old', { version })
    : fine('node', { version })
}

async function lookAtFolder(folder: string): Promise<Finding> {
  if (!existsSync(folder)) {
    // The first start makes it, where it may.
    const above = nearestAbove(folder)
    const may = await mayWrite(above)
    return may ? fine('folder', { folder }, 'not_yet') : wrong('folder', 'not_writable', { folder: above })
  }
  return (await mayWrite(folder)) ? fine('folder', { folder }) : wrong('folder', 'not_writable', { folder })
}
const nearestAbove = (folder: string): string => {
  const above = dirname(folder)
  return existsSync(above) ? above : nearestAbove(above)
}
const mayWrite = (folder: string) =>
  access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )

function lookAtPlace(folder: string): Finding {
  const { cluster, may } = ownerMayEnterCluster(folder)
  if (!existsSync(cluster)) return fine('place', {}, 'not_yet')
  return may ? fine('place', { folder: cluster }) : wrong('place', 'closed', { folder: cluster })
}

function lookAtSecret(folder: string): Finding {
  if (process.env.FOYER_SECRET) return fine('secret', {}, 'from_environment')
  const path = join(folder, 'secret')
  if (!existsSync(path))
    return existsSync(folder) && existsSync(join(folder, 'files'))
      ? wrong('secret', 'missing', { path })
      : fine('secret', {}, 'not_yet')
  const mode = statSync(path).mode & 0o777
  return mode & 0o077 ? wrong('secret', 'open', { path, mode: mode.toString(8) }) : fine('secret', { path })
}

async function lookAtFiles(data: string): Promise<Finding> {
  const folder = join(data, 'files')
  if (!existsSync(folder)) return fine('files', {}, 'not_yet')
  try {
    await openFolderStore(folder).probe()
    return fine('files', { folder })
  } catch (error) {
    return wrong('files', 'not_writable', { folder, reason: (error as Error).message })
  }
}

async function lookAtDisk({ config, freeBytes }: Patient): Promise<Finding> {
  const folder = existsSync(config.data) ? config.data : nearestAbove(config.data)
  const free = await freeBytes(folder)
  const params = { folder, free: (free / 1024 ** 3).toFixed(1) }
  return free < enoughBytes ? wrong('disk', 'low', params) : fine('disk', params)
}

/** Renewed by machines, usually a month before; days. */
const soon = 14

async function lookAtCertificate({ config, now }: Patient): Promise<Finding> {
  const files = config.smtpCertificate
  if (!files) return fine('smtp_certificate', {}, 'unused')
  try {
    const { validUntil } = await readCertificate(files)
    const count = Math.floor((validUntil.getTime() - now().getTime()) / 86_400_000)
    const params = { path: files.cert, at: validUntil.toISOString().slice(0, 10), count }
    if (count < 0) return wrong('smtp_certificate', 'expired', params)
    return count < soon ? wrong('smtp_certificate', 'soon', params) : fine('smtp_certificate', params)
  } catch (error) {
    return wrong('smtp_certificate', 'unreadable', { path: files.cert, reason: (error as Error).message })
  }
}

async function lookAtPort(check: 'http_port' | 'smtp_port', host: string, port: number): Promise<Finding> {
  if (port === 0) return fine(check, {}, 'any')
  const problem = await tryToListen(host, port)
  if (!problem) return fine(check, { port }, 'free')
  if (problem !== 'EADDRINUSE') return wrong(check, 'refused', { host, port, reason: problem })
  const ours = check === 'http_port' ? await answersAsFoyer(host, port) : await greetsAsFoyer(host, port)
  return ours ? fine(check, { port }, 'ours') : wrong(check, 'taken', { port })
}

async function tryToListen(host: string, port: number): Promise<string | null> {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  } finally {
    server.close()
  }
}

const reachable = (host: string) => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host)
async function answersAsFoyer(host: string, port: number): Promise<boolean> {
  try {
    const url = `http://${reachable(host)}:${port}/readyz`
    const answer = await (await fetch(url, { signal: AbortSignal.timeout(2000) })).json()
    return typeof answer.ok === 'boolean'
  } catch {
    return false
  }
}
async function greetsAsFoyer(host: string, port: number): Promise<boolean> {
  const socket = connect(port, reachable(host))
  try {
    const [greeting] = await once(socket, 'data', { signal: AbortSignal.timeout(2000) })
    return /^220 .*Foyer/.test(String(greeting))
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
