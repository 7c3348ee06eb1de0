import { addressOf, type FailedRecipient, failure } from './failed-recipient.ts'
import { headerOf, type ReadMail } from './mail.ts'

/** A report is short; what comes after is the mail it is about. */
const reportSize = 20_000

const daemon =
  /^(mailer[-_. ]?d(a|ae)?emon|postmaster|mail[-_. ]?(delivery|daemon|system)|mdaemon|mailerdaemon|maildelivery|bounces?|smtpd?|mta|xcpm|autoreply-daemon|symantec|mailsweeper|mail-?server|[\w-]*smtp[-_]mail[-_]service)[\w.+=-]*@/i
const daemonName =
  /mail(er)?[- ]?(delivery|daemon|administrator)|delivery (sub)?system|postmaster|mail transfer|system administrator/i
const bounceSubject =
  /(undeliver(able|ed)|un-?deliverable|non[- ]?deliver|not? delivered|delivery (status )?(notification|report)|delivery (has )?(fail|problem|error|delay)|delivery .{0,30}fail|failed delivery|fail(ed|ure)? (notice|mail|to deliver)|failure notice|mail (delivery )?(fail|status|error|warning|problem|system error)|returned (mail|to sender|message|e-?mail)|mail return|message (could not|status|delay|delivery)|warning: (could not|message)|user unknown|unknown (user|recipient|address)|mail could not|could not (send|deliver)|unzustellbar|nicht zugestellt|unzustellbare?|échec|non remis|non distribu|error en|no se pudo entregar|devuelto|mancata (consegna|recapito)|недостав|не (может быть )?доставлен|ошибка доставки|配信(失敗|エラー|不能)|送信できません|nu a putut fi livrat|无法(投递|送达)|退信|邮件传输失败|failure delivery|error (during|sending|in)|processing error|bounce)/i
const failureWords =
  /(\b[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}\b|\b(550|551|552|553|554|450|451|452|421|511|521)\b[ -]|\buser unknown\b|unknown (user|recipient|local|address|mailbox)|no such (user|person|recipient|address|mailbox|account)|(could|can|was|were|has|have|been)\s*(not|n.t)\s+(yet\s+)?(be\s+|been\s+)?(able to be\s+)?(delivered|sent|reach|found|deliver)|undeliver|not deliver(ed|able)|delivery (to|has|failed|error|attempt|fail)|permanent (fatal )?error|over quota|quota exceeded|mailbox (is )?(full|unavailable|not found)|does ?n.t exist|doesn.t have|not listed in|failed (recipient|address)|unable to (deliver|relay)|rejected|returned to|unrouteable|host (unknown|not found)|could not (send|find)|was not accepted|did not reach|undelivered|не (может быть |удалось |была? )?достав|не найден|не существует|nicht zugestellt|unbekannt|n'a pas pu|error (delivering|sending)|trouble delivering|delivery problems|exceed(s|ing)? |invalid final|not recognized|postponed|no longer valid|full mailbox|no mailbox|配信|no fue entregad|non è stato)/i

/**
 * Never by one sign alone, lest somebody who quotes a bounce is taken for one: a machine's sender, a subject
 * or opening that says so, words of failure, the mail that comes back. A mail server's own daemon needs least.
 */
export function looksLikeBounce(mail: ReadMail): boolean {
  if (headerOf(mail, 'x-failed-recipients') !== null) return true
  const machine = isMachine(mail)
  const subject = bounceSubject.test(mail.subject)
  if (!machine && !subject) return false
  const text = mail.text.slice(0, reportSize)
  const failed = failureWords.test(text)
  const says = subject || mail.report !== null || strongText.test(text)
  const returns = returnsOriginal(mail, text)
  if (machine) return (failed && (says || returns || isDaemon(mail))) || (subject && returns)
  const aReport =
    /report-type="?delivery-status/i.test(headerOf(mail, 'content-type') ?? '') || mail.report !== null
  const unprompted =
    !/^(re|aw|sv|fwd?|fw|wg|ответ|отв)\s*:/i.test(mail.subject) && mail.inReplyTo.length === 0
  if (!failed || !subject) return false
  return (
    aReport ||
    (strongText.test(text.slice(0, 500)) &&
      (unprompted
        ? returns || namesAlone(text)
        : namesAlone(text) && mail.inReplyTo.length === 0 && text.length < 1000))
  )
}

/** A report gives the failed address a line of its own. */
const namesAlone = (text: string): boolean =>
  /^(?:[ \t]*"[^"\n]{0,80}")?[\s"<]{0,9}[^\s<>"@]{1,64}@[^\s<>"@]{1,190}["<>\s]*$/m.test(text.slice(0, 1000))

const isDaemon = (mail: ReadMail): boolean => /^mailer-?daemon@/.test(mail.from[0]?.address ?? '')

function isMachine(mail: ReadMail): boolean {
  const sender = mail.from[0]
  if (mail.returnPath === '' || !sender || daemon.test(mail.returnPath ?? '')) return true
  // "System Administrator"@… and Postmaster\@…@…: names that a careless gateway put where the address belongs.
  const local = sender.address.slice(0, sender.address.lastIndexOf('@'))
  return daemon.test(sender.address) || daemonName.test(sender.name) || daemonName.test(local)
}

function returnsOriginal(mail: ReadMail, text: string): boolean {
  return (
    mail.attachments.some((one) => one.mark === 'mail' || one.mark === 'report') || originalMark.test(text)
  )
}

/** The openings of qmail, Postfix, Exim, sendmail, Exchange: unmistakable. */
const strongText =
  /(I('m| am) (sorry|afraid)[\s\S]{0,200}(deliver|unable)|^hi\. this is the|this is the (mail|postfix|qmail)|this message was created automatically by mail delivery|(could|can) not be delivered|----- the following addresses|your message (did not reach|to .{1,100} (could|was))|undeliverable|delivery (has )?failed|transcript of session follows|permanent fatal errors)/im

/** Failed recipients named in the words of a report; at least one entry, maybe without an address. */
export function bodyFailures(mail: ReadMail): FailedRecipient[] {
  const report = reportPart(mail.text)
  const own = new Set(
    [...mail.to, ...mail.from, ...(mail.sender ? [mail.sender] : [])].map((one) => one.address),
  )
  const named = (headerOf(mail, 'x-failed-recipients') ?? '')
    .split(',')
    .map(addressOf)
    .filter((one) => one !== null)
  const listed = named.length > 0 ? named : addressesIn(report)
  const others = listed.filter((one) => !own.has(one))
  const found = [others, enclosedRecipients(mail), listed].find((list) => list.length > 0) ?? []
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(report)?.[0] ?? null
  const action =
    /\b(delayed|will be retried|still trying|not yet been delivered|warning message only|no need to resend)\b/i.test(
      report.slice(0, 3000),
    )
      ? 'delayed'
      : 'failed'
  if (found.length === 0) return [failure(null, status, wordsOf(report), action)]
  return [...new Set(found)]
    .slice(0, 100)
    .map((one) => failure(one, statusNear(report, one) ?? status, wordsNear(report, one), action))
}

/** A gateway that wraps another server's report into a mail of its own: the fields stand in the enclosed one. */
function enclosedRecipients(mail: ReadMail): string[] {
  return mail.attachments
    .filter((one) => one.mark === 'mail' || one.mark === 'report')
    .flatMap(({ bytes }) => {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 65_536)).toString(
        'latin1',
      )
      return [...text.matchAll(/^(?:final|original)-recipient:[ \t]*([^\r\n]{3,500})/gim)].map((match) =>
        addressOf(match[1]),
      )
    })
    .filter((one) => one !== null)
}

/** Where the bounced mail itself begins, in the words of the mail servers. */
const originalMark =
  /^(?:-{2,}.{0,40}(?:original|copy of|returned|message header|unsent|below this line|beginning of|this is a copy|headers? of|included|undeliver|message follows|body of).{0,60}|.{0,20}(?:the header of the original|original message (?:as received is as )?follows|copy of (the|your) message|message headers follow|your (original )?message (follows|is (included|enclosed))|unsent message (below|follows)|text of your message follows).{0,60}|received: (?:from|by) .{0,200}|return-path: .{0,200})$/im

function reportPart(text: string): string {
  const start = text.slice(0, reportSize)
  const end = start.search(originalMark)
  return end > 0 ? start.slice(0, end) : start
}

const address = /[^\s<>;,"'()[\]{}:=`|*]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\b/gi

/** Exchange first repeats To and Subject of the mail; who failed stands below the words that announce it. */
function afterAnnouncement(report: string): string {
  const at = report.search(
    /did not reach the following recipient|following (?:address|recipient)[^\n]{0,40}(?:fail|error|could not)/i,
  )
  const rest = at < 0 ? report : report.slice(at)
  return rest.includes('@') ? rest : report
}

/** Addresses that a line gives as the failed one, else every address of the report. */
function addressesIn(whole: string): string[] {
  const report = afterAnnouncement(whole)
  const lines = report.split('\n')
  const given = lines.flatMap((line) => {
    const alone =
      /^[\s>*-]*(?:to|recipient|address|rcpt to|final-recipient|failed recipient|e-?mail|user|<)?[\s:;<"']*(?:rfc822;\s*)?<?([^\s<>;,"'():]{1,64}@[^\s<>;,"'():]{1,200})>?["']?\s*(?:$|[:;,(]|\.\.\.|-|\s(?:on |user|not|no |5\d\d|is |was |by |->))/i.exec(
        line.slice(0, 500),
      )
    return alone ? [alone[1]!] : []
  })
  const near = lines
    .filter((line) => failureWords.test(line.slice(0, 500)))
    .flatMap((line) => line.slice(0, 500).match(address) ?? [])
  const all = given.length > 0 ? given : near.length > 0 ? near : (report.match(address) ?? [])
  const clean = all.map((one) => one.toLowerCase().replace(/[.,:;>]+$/, ''))
  const people = clean.filter((one) => !daemon.test(one))
  // A mail to a postmaster may bounce, too: only where nobody else is named.
  return people.length > 0 ? people : clean
}

/** What the readable part says of an address whose machine-readable fields say nothing. */
export function saidOf(mail: ReadMail, one: string): { words: string; status: string | null } {
  const report = reportPart(mail.text)
  if (!report.toLowerCase().includes(one)) return { words: '', status: null }
  return { words: wordsNear(report, one), status: statusNear(report, one) }
}

/** The lines around an address up to the next blank one: there the server's words stand. */
function wordsNear(report: string, one: string): string {
  const at = report.toLowerCase().indexOf(one)
  if (at < 0) return wordsOf(report)
  const start = report.lastIndexOf('\n', at) + 1
  const blank = report.slice(at).search(/\n\s*\n/)
  const near = report.slice(start, blank < 0 ? start + 1000 : at + blank)
  return /[45]\d\d|unknown|full|quota|reject|exist|found|refused/i.test(near) ? near : wordsOf(report)
}

const statusNear = (report: string, one: string): string | null =>
  /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(wordsNear(report, one))?.[0] ?? null

/** The line with an SMTP code, else the one with words of failure and what follows it. */
function wordsOf(report: string): string {
  const lines = report
    .split('\n')
    .map((line) => line.trim().slice(0, 500))
    .filter((line) => line !== '')
  const coded = lines.find((line) => /\b[45]\d\d[ -]/.test(line))
  if (coded) return coded
  const at = lines.findIndex((line) => failureWords.test(line))
  return at < 0 ? '' : lines.slice(at, at + 4).join(' ')
}
