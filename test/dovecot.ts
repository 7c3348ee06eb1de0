// A real IMAP server (Dovecot) on a free port, with Maildirs in a temporary folder, where it is installed.
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import type { MailServer } from './mail-server.ts'

const binary = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find((path) =>
  existsSync(path),
)
export const noDovecot = binary ? undefined : 'no Dovecot on this machine'

export async function startDovecot(): Promise<MailServer> {
  const root = mkdtempSync(join(tmpdir(), 'foyer-imap-'))
  chmodSync(root, 0o755)
  const port = await freePort()
  const asRoot = process.getuid?.() === 0
  const { username } = userInfo()
  // Dovecot refuses to serve mail as root: then it is the user nobody's.
  const [owner, group] = asRoot ? [65_534, 65_534] : [process.getuid!(), process.getgid!()]
  const own = (path: string) => asRoot && chownSync(path, owner, group)
  const path = join(root, 'dovecot.conf')
  writeFileSync(
    path,
    `
base_dir = ${root}/run
state_dir = ${root}/state
log_path = ${root}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = ${asRoot ? 'dovecot' : username}
default_login_user = ${asRoot ? 'dovenull' : username}
default_internal_group = ${asRoot ? 'dovecot' : group}
first_valid_uid = 1
mail_location = maildir:${root}/mail/%u
mailbox_idle_check_interval = 1 secs
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${owner} gid=${group} home=${root}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
}
service anvil {
  chroot =
}
service imap {
  chroot =
}
`,
  )
  const folder = (user: string, name: string) => {
    for (const part of [
      join(root, 'mail'),
      join(root, 'mail', user),
      ...['cur', 'new', 'tmp'].map((sub) => join(root, 'mail', user, sub)),
    ])
      if (!existsSync(part)) {
        mkdirSync(part)
        own(part)
      }
    return join(root, 'mail', user, name)
  }
  let running: ReturnType<typeof spawn> | undefined
  let count = 0
  async function start() {
    running = spawn(binary!, ['-F', '-c', path], { stdio: 'ignore' })
    for (let i = 0; i < 100; i += 1) {
      const { Socket } = await import('node:net')
      const answered = await new Promise<boolean>((resolve) => {
        const socket = new Socket()
        socket.once('data', () => resolve(true))
        socket.once('error', () => resolve(false))
        socket.once('close', () => resolve(false))
        socket.setTimeout(1000, () => resolve(false))
        socket.connect(port, '127.0.0.1')
      })
      if (answered) return
      await wait(50)
    }
    throw new Error(
      `Dovecot does not answer: ${spawnSync('tail', [`${root}/log`], { encoding: 'utf8' }).stdout}`,
    )
  }
  await start()
  return {
    name: 'Dovecot',
    port,
    password: 'secret',
    deliver(user, raw, { at = new Date() } = {}) {
      count += 1
      const seconds = Math.floor(at.getTime() / 1000)
      const name = `${seconds}.M${count}P${process.pid}.${hostname()}`
      const temporary = join(folder(user, 'tmp'), name)
      writeFileSync(temporary, raw.replace(/\r?\n/g, '\n'))
      own(temporary)
      // Dovecot takes the time of arrival from the file.
      spawnSync('touch', ['-d', at.toISOString(), temporary])
      renameSync(temporary, join(folder(user, 'new'), name))
    },
    flags(user) {
      const read = readdirSync(folder(user, 'cur')).map((name) => name.split(':2,')[1] ?? '')
      return [...read, ...readdirSync(folder(user, 'new')).map(() => '')]
    },
    renumber(user) {
      const mail = join(root, 'mail', user)
      for (const name of readdirSync(mail))
        if (name.startsWith('dovecot')) rmSync(join(mail, name), { force: true })
      writeFileSync(join(mail, 'dovecot-uidlist'), `3 V${Math.floor(Date.now() / 1000) + 1000} N1\n`)
      own(join(mail, 'dovecot-uidlist'))
    },
    async stop() {
      const ended = new Promise((resolve) => running!.once('exit', resolve))
      running!.kill('SIGTERM')
      await ended
    },
    start,
  }
}
