// A small IMAP server (a subset of IMAP4rev1, RFC 3501, with IDLE, LITERAL+ and UIDPLUS), so that mail is fetched over
// real sockets where no Dovecot is installed. No package of npm fitted: hoodiecrow-imap has been given up by its author
// since 2018, @protocoljs/imap knows no FETCH, WildDuck's wants MongoDB and Redis. What it does not know it answers
// with BAD, so that nothing is tried against an invention; imap-server.test.ts holds it against imapflow.
import { createServer, type Server, type Socket } from 'node:net'
import { type Command, openReader, type Value } from './imap-wire.ts'
import type { MailServer } from './mail-server.ts'

interface Mail {
  uid: number
  raw: Buffer
  at: Date
  flags: Set<string>
}
interface Folder {
  name: string
  use: string
  uidValidity: number
  uidNext: number
  mails: Mail[]
  /** sessions that have it open, told of what comes */
  open: Set<Session>
}
type Account = Map<string, Folder>

const capabilities = 'IMAP4rev1 IDLE LITERAL+ UIDPLUS UNSELECT SPECIAL-USE'
const password = 'secret'

/** A command that cannot be done: NO for what is not there, BAD for what is not understood. */
class Unwilling extends Error {
  readonly kind: 'NO' | 'BAD'
  constructor(kind: 'NO' | 'BAD', text: string) {
    super(text)
    this.kind = kind
  }
}
const no = (text: string) => new Unwilling('NO', text)
const bad = (text: string) => new Unwilling('BAD', text)

/**
 * With `heal` it hands out what it withheld. The account `bare` has no folder of sent mail until `makeSent`.
 * @param tokens taken in place of the password (XOAUTH2)
 */
export async function startImapServer({
  tokens,
}: {
  tokens?: Set<string>
} = {}): Promise<MailServer & { heal(): void; makeSent(user: string): void }> {
  let ill = true
  const accounts = new Map<string, Account>()
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let port = 0
  let validity = 1000
  const folderOf = (name: string, use = ''): Folder => {
    validity += 1
    return { name, use, uidValidity: validity, uidNext: 1, mails: [], open: new Set() }
  }
  const account = (user: string): Account => {
    const known =
      accounts.get(user) ??
      new Map(
        [folderOf('INBOX'), ...(user === 'bare' ? [] : [folderOf('Sent', '\\Sent')])].map((one) => [
          one.name,
          one,
        ]),
      )
    accounts.set(user, known)
    return known
  }
  const inboxOf = (user: string) => account(user).get('INBOX')!
  async function start() {
    server = createServer((socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      serve(socket, account, () => ill, tokens)
    })
    await new Promise<void>((resolve) => server!.listen(port, '127.0.0.1', resolve))
    port = (server.address() as { port: number }).port
  }
  await start()
  return {
    name: 'the small IMAP server',
    port,
    password,
    deliver: (user, raw, { at = new Date() } = {}) => {
      put(inboxOf(user), Buffer.from(raw.replace(/\r?\n/g, '\r\n')), at)
    },
    flags: (user) => inboxOf(user).mails.map(({ flags }) => [...flags].map((flag) => flag[1]).join('')),
    renumber(user) {
      const inbox = inboxOf(user)
      validity += 1
      inbox.uidValidity = validity
      inbox.uidNext = inbox.mails.length + 1
      for (const [at, mail] of inbox.mails.entries()) mail.uid = at + 1
    },
    async stop() {
      const closed = new Promise((resolve) => server!.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    start,
    heal() {
      ill = false
    },
    makeSent(user) {
      account(user).set('Sent', folderOf('Sent', '\\Sent'))
    },
  }
}

/** A mail comes into a folder: whoever has it open hears of it. @returns its UID */
function put(folder: Folder, raw: Buffer, at: Date, flags: string[] = []): number {
  const uid = folder.uidNext
  folder.uidNext += 1
  folder.mails.push({ uid, raw, at, flags: new Set(flags) })
  for (const session of folder.open) session.news()
  return uid
}

interface Session {
  news(): void
}

function serve(
  socket: Socket,
  accountOf: (user: string) => Account,
  isIll: () => boolean,
  tokens?: Set<string>,
): void {
  const offered = tokens ? `${capabilities} SASL-IR AUTH=XOAUTH2` : capabilities
  let account: Account | undefined
  let folder: Folder | undefined
  let readOnly = false
  /** how many mails the client was told of */
  let told = 0
  /** the tag of the IDLE that is under way */
  let idling: string | undefined
  /** the tag of a sign-in whose refusal waits for the client's empty line (XOAUTH2) */
  let refusing: string | undefined
  const say = (...parts: (string | Buffer)[]) => {
    if (!socket.writable) return
    for (const part of parts) socket.write(part)
    socket.write('\r\n')
  }
  const session: Session = {
    news() {
      if (idling) tellNews()
    },
  }
  function tellNews() {
    if (!folder || folder.mails.length === told) return
    told = folder.mails.length
    say(`* ${told} EXISTS`)
  }
  const signedIn = () => account ?? fail(no('Sign in first'))
  const opened = () => folder ?? fail(no('No mailbox is open'))
  const named = (value: Value | undefined): Folder => {
    const name = text(value)
    return (
      signedIn().get(name.toUpperCase() === 'INBOX' ? 'INBOX' : name) ??
      fail(no('[NONEXISTENT] No such mailbox'))
    )
  }
  function leave() {
    folder?.open.delete(session)
    folder = undefined
  }

  const commands: Record<string, (args: Value[], tag: string) => string | undefined> = {
    CAPABILITY() {
      say(`* CAPABILITY ${offered}`)
      return 'Done'
    },
    NOOP: () => 'Done',
    CHECK: () => 'Done',
    LOGIN([user, given]) {
      if (text(given) !== password) throw no('[AUTHENTICATIONFAILED] Authentication failed.')
      account = accountOf(text(user))
      return `[CAPABILITY ${offered}] Signed in`
    },
    AUTHENTICATE([, response], tag) {
      const said = Buffer.from(text(response), 'base64').toString().split('\u0001')
      const [user = '', token = ''] = said.map((part) => part.replace(/^(?:user=|auth=Bearer )/, ''))
      if (tokens?.has(token)) {
        account = accountOf(user)
        return `[CAPABILITY ${offered}] Signed in`
      }
      refusing = tag
      say(`+ ${Buffer.from('{"status":"400","schemes":"Bearer"}').toString('base64')}`)
      return undefined
    },
    LOGOUT() {
      say('* BYE See you')
      return 'Done'
    },
    LIST([, pattern]) {
      if (text(pattern) === '') say('* LIST (\\Noselect) "/" ""')
      else
        for (const { name, use } of signedIn().values())
          if (matches(name, text(pattern)))
            say(`* LIST (\\HasNoChildren${use ? ` ${use}` : ''}) "/" "${name}"`)
      return 'Done'
    },
    LSUB([, pattern]) {
      for (const { name } of signedIn().values())
        if (matches(name, text(pattern))) say(`* LSUB () "/" "${name}"`)
      return 'Done'
    },
    STATUS([name, items]) {
      const { name: known, mails, uidNext, uidValidity } = named(name)
      const unseen = mails.filter(({ flags }) => !flags.has('\\Seen')).length
      const values: Record<string, number> = {
        MESSAGES: mails.length,
        RECENT: 0,
        UIDNEXT: uidNext,
        UIDVALIDITY: uidValidity,
        UNSEEN: unseen,
      }
      const told = list(items).map(
        (item) => `${text(item)} ${values[text(item).toUpperCase()] ?? fail(bad('Unknown item'))}`,
      )
      say(`* STATUS "${known}" (${told.join(' ')})`)
      return 'Done'
    },
    SELECT: ([name]) => open(named(name), false),
    EXAMINE: ([name]) => open(named(name), true),
    CLOSE() {
      leave()
      return 'Done'
    },
    UNSELECT() {
      leave()
      return 'Done'
    },
    APPEND(args) {
      const target = named(args[0])
      const raw = args.at(-1)
      if (!Buffer.isBuffer(raw)) throw bad('A literal is missing')
      const flags = args.find(Array.isArray)
      const date = args.slice(1, -1).find((one) => typeof one === 'string')
      const at = date ? new Date(text(date).replaceAll('-', ' ')) : new Date()
      const uid = put(target, raw, at, flags ? flags.map(text) : [])
      return `[APPENDUID ${target.uidValidity} ${uid}] Kept`
    },
    IDLE(_args, tag) {
      opened()
      idling = tag
      say('+ idling')
      tellNews()
      return undefined
    },
    FETCH: (args) => fetch(args, false),
    SEARCH: (args) => search(args, false),
    STORE: (args) => store(args, false),
    UID([verb, ...args]) {
      const verbs: Record<string, (args: Value[], byUid: boolean) => string> = {
        FETCH: fetch,
        SEARCH: search,
        STORE: store,
      }
      return (verbs[text(verb).toUpperCase()] ?? fail(bad('Unknown command')))(args, true)
    },
  }

  function open(target: Folder, asked: boolean): string {
    leave()
    folder = target
    readOnly = asked
    told = target.mails.length
    target.open.add(session)
    say('* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)')
    say(`* ${told} EXISTS`)
    say('* 0 RECENT')
    say(`* OK [PERMANENTFLAGS (${readOnly ? '' : '\\Answered \\Flagged \\Deleted \\Seen \\Draft'})] Flags`)
    say(`* OK [UIDVALIDITY ${target.uidValidity}] UIDs are valid`)
    say(`* OK [UIDNEXT ${target.uidNext}] Next UID`)
    return `[READ-${readOnly ? 'ONLY' : 'WRITE'}] Open`
  }

  function search(keys: Value[], byUid: boolean): string {
    const { mails } = opened()
    const found = mails.map((mail, at) => ({ mail, number: at + 1 })).filter(tests(keys, mails))
    say(['* SEARCH', ...found.map(({ mail, number }) => (byUid ? mail.uid : number))].join(' '))
    return 'Done'
  }

  function fetch([set, wanted]: Value[], byUid: boolean): string {
    const items = Array.isArray(wanted) ? wanted.map(text) : [text(wanted)]
    for (const { mail, number } of meant(text(set), opened().mails, byUid)) {
      const parts: (string | Buffer)[] = []
      for (const item of byUid && !items.some((one) => /^uid$/i.test(one)) ? ['UID', ...items] : items) {
        // As some servers do with a mail whose file is damaged: what it says is left out, and nothing said about it.
        if (/^BODY/i.test(item) && isIll() && /^X-Test-Withheld: yes\r$/m.test(String(mail.raw))) continue
        // As others do that fall over it.
        if (/^BODY/i.test(item) && /^X-Test-Ends: yes\r$/m.test(String(mail.raw))) {
          socket.destroy()
          return 'Done'
        }
        if (/^BODY\[/i.test(item) && !readOnly) mail.flags.add('\\Seen')
        parts.push(parts.length > 0 ? ' ' : '', ...shown(mail, item))
      }
      say(`* ${number} FETCH (`, ...parts, ')')
    }
    return 'Done'
  }

  function store([set, how, flags]: Value[], byUid: boolean): string {
    if (readOnly) throw no('Opened to read only')
    const [, sign, silent] = /^([+-]?)FLAGS(\.SILENT)?$/i.exec(text(how)) ?? fail(bad('Unknown item'))
    for (const { mail, number } of meant(text(set), opened().mails, byUid)) {
      if (sign === '') mail.flags.clear()
      for (const flag of list(flags).map(text)) sign === '-' ? mail.flags.delete(flag) : mail.flags.add(flag)
      if (!silent)
        say(`* ${number} FETCH (FLAGS (${[...mail.flags].join(' ')})${byUid ? ` UID ${mail.uid}` : ''})`)
    }
    return 'Done'
  }

  function obey({ tag, verb, args }: Command) {
    if (refusing) {
      const refused = refusing
      refusing = undefined
      return say(`${refused} NO [AUTHENTICATIONFAILED] Invalid credentials`)
    }
    if (idling) {
      // Only DONE ends an IDLE, and it has no tag.
      const ended = idling
      idling = undefined
      return say(`${ended} ${verb === 'DONE' ? 'OK Done' : 'BAD Expected DONE'}`)
    }
    try {
      const answer = (commands[verb] ?? fail(bad('Unknown command')))(args, tag)
      if (answer === undefined) return
      tellNews()
      say(`${tag} OK ${answer}`)
      if (verb === 'LOGOUT') socket.end()
    } catch (error) {
      if (error instanceof Unwilling) say(`${tag} ${error.kind} ${error.message}`)
      else say(`${tag} BAD ${error instanceof Error ? error.message : 'Not understood'}`)
    }
  }

  socket.on('error', () => {})
  socket.on('close', leave)
  socket.on('data', openReader({ obey, goOn: () => say('+ go on') }))
  say(`* OK [CAPABILITY ${offered}] ready`)
}

function fail(error: Error): never {
  throw error
}
const text = (value: Value | undefined): string =>
  typeof value === 'string'
    ? value
    : Buffer.isBuffer(value)
      ? value.toString()
      : fail(bad('A word is missing'))
const list = (value: Value | undefined): Value[] =>
  Array.isArray(value) ? value : fail(bad('A list is missing'))
const matches = (name: string, pattern: string) => pattern === '*' || pattern === '%' || pattern === name

interface Numbered {
  mail: Mail
  number: number
}

/** `3:*,9`; the star is the last one, and the order of the two ends says nothing (RFC 3501, 9, seq-range). */
function inSet(set: string, last: number): (n: number) => boolean {
  const ranges = set.split(',').map((part) => {
    const ends = part
      .split(':')
      .map((end) => (end === '*' ? last : /^\d+$/.test(end) ? Number(end) : fail(bad('No set'))))
    return [Math.min(...ends), Math.max(...ends)] as const
  })
  return (n) => ranges.some(([from, to]) => n >= from && n <= to)
}
function meant(set: string, mails: Mail[], byUid: boolean): Numbered[] {
  const within = inSet(set, byUid ? (mails.at(-1)?.uid ?? 0) : mails.length)
  return mails
    .map((mail, at) => ({ mail, number: at + 1 }))
    .filter(({ mail, number }) => within(byUid ? mail.uid : number))
}

const day = (date: Date) => date.toISOString().slice(0, 10)

/** Every key must hold; of RFC 3501's keys those that fetching needs. */
function tests(keys: Value[], mails: Mail[]): (one: Numbered) => boolean {
  const rest = keys.map(text)
  const all: ((one: Numbered) => boolean)[] = []
  for (let key = rest.shift(); key !== undefined; key = rest.shift()) {
    const argument = () => rest.shift() ?? fail(bad('An argument is missing'))
    if (/^ALL$/i.test(key)) continue
    if (/^UID$/i.test(key)) {
      const within = inSet(argument(), mails.at(-1)?.uid ?? 0)
      all.push(({ mail }) => within(mail.uid))
    } else if (/^SINCE$/i.test(key)) {
      const from = day(new Date(`${argument().replaceAll('-', ' ')} UTC`))
      all.push(({ mail }) => day(mail.at) >= from)
    } else if (/^UNSEEN$/i.test(key)) all.push(({ mail }) => !mail.flags.has('\\Seen'))
    else throw bad(`Unknown key ${key}`)
  }
  return (one) => all.every((holds) => holds(one))
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const internalDate = (at: Date) =>
  `"${String(at.getUTCDate()).padStart(2, ' ')}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()} ${at.toISOString().slice(11, 19)} +0000"`

function shown({ uid, raw, at, flags }: Mail, item: string): (string | Buffer)[] {
  const name = item.toUpperCase()
  if (name === 'UID') return [`UID ${uid}`]
  if (name === 'FLAGS') return [`FLAGS (${[...flags].join(' ')})`]
  if (name === 'INTERNALDATE') return [`INTERNALDATE ${internalDate(at)}`]
  if (name === 'RFC822.SIZE') return [`RFC822.SIZE ${raw.length}`]
  if (name === 'BODY[]' || name === 'BODY.PEEK[]') return [`BODY[] {${raw.length}}\r\n`, raw]
  if (name === 'BODY[HEADER]' || name === 'BODY.PEEK[HEADER]') {
    const end = raw.indexOf('\r\n\r\n')
    const head = end < 0 ? raw : raw.subarray(0, end + 4)
    return [`BODY[HEADER] {${head.length}}\r\n`, head]
  }
  throw bad(`Unknown item ${item}`)
}
