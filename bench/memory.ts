// What a desk at rest holds: one process with every part (--role all), reader threads started by a mail, then left
// alone; without its database, which is a process of its own.
//   node bench/memory.ts [seconds at rest, 60]
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { runFoyer, startFoyer } from '../test/process.ts'

const seconds = Number(process.argv[2] ?? 60)
/** MiB; what the desk is to stay below */
const aim = 200

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

const folder = mkdtempSync(join(tmpdir(), 'foyer-memory-'))
chmodSync(folder, 0o755)
const data = join(folder, 'var')
try {
  const person = ['--name', 'Ann', '--email', 'ann@example.com', '--password', 'correct horse battery']
  const made = await runFoyer(['setup', ...person, '--data', data])
  if (made.code !== 0) throw new Error(made.err)
  const port = await freePort()
  const foyer = await startFoyer(['--data', data, '--smtp-port', String(port)])
  const resident = () => {
    const status = readFileSync(`/proc/${foyer.child.pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024
  }
  const begun = resident()
  const mail = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  await mail.sendMail({
    from: 'c@example.org',
    to: 'support@example.com',
    subject: 'Hello',
    text: 'A question',
  })
  mail.close()
  await wait(2000)
  const worked = resident()
  await wait(seconds * 1000)
  const rest = resident()
  await foyer.stop()
  const git = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  console.log(`at rest / aim: ${(rest / aim).toFixed(2)}`)
  console.log(
    `resident MiB: ready ${begun.toFixed(0)}, after one mail ${worked.toFixed(0)}, after ${seconds} s at rest ${rest.toFixed(0)} (aim ${aim})`,
  )
  console.log(`--role all, node ${process.version}, git ${git}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
