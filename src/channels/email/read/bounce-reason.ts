// Why a mail came back, as one of a few words that an agent can act on. RFC 3463 gives the codes; what servers say in
// their words goes before, because many give 5.0.0 or 5.7.1 for everything.

export type BounceReason =
  | 'unknown'
  | 'full'
  | 'domain'
  | 'spam'
  | 'too_large'
  | 'disabled'
  | 'busy'
  | 'policy'
  | 'away'
  | 'other'

/** The first that fits decides. */
const words: [BounceReason, RegExp][] = [
  [
    'full',
    /\b(?:quota|mailbox (?:is )?full|(?:mail)?box.{0,30} full|full mailbox|insufficient (?:disk|system|storage)|out of storage|no space left|storage (?:limit|allocation))/i,
  ],
  [
    'too_large',
    /\b(?:message|mail|size).{0,30}(?:too (?:large|big)|exceed)|exceeds? .{0,40}size|size limit|too large/i,
  ],
  [
    'disabled',
    /\b(?:disabled|inactive|suspended|deactivated|account.{0,20}(?:closed|locked|blocked)|mailbox unavailable.{0,20}disabled)/i,
  ],
  [
    'domain',
    /\b(?:(?:host|domain).{0,60}(?:not found|unknown|does not exist|invalid|not exist)|nxdomain|name or service not known|no (?:such )?(?:host|domain|mx)|unrouteable mail domain|bad destination (?:host|system)|does not accept mail|null mx)/i,
  ],
  [
    'spam',
    /\b(?:spam|junk|unsolicited|blacklist|black list|block ?list|blocked using|dnsbl|rbl|spamhaus|barracuda|virus|reputation|content (?:rejected|filter)|listed (?:at|by|in))/i,
  ],
  [
    'busy',
    /\b(?:too many (?:messages|recipients|connections|emails)|rate ?limit|greylist|grey-?listed|throttl|deferred due to)/i,
  ],
  [
    'policy',
    /\b(?:dmarc|spf|dkim|policy|reverse dns|ptr|not authorized|not permitted|relay(?:ing)? (?:access )?denied|authenticat|sender (?:address )?rejected|access denied)/i,
  ],
  [
    'unknown',
    /(?:user|recipient|mailbox|address|account|addressee).{0,80}(?:unknown|not (?:be )?found|does ?n.t exist|not exist|no longer|invalid|rejected|not known|unavailable)|(?:unknown|no such|invalid|bad) .{0,30}(?:user|recipient|mailbox|address|account)|no mailbox|user unknown|адресат|не существует|не найден/i,
  ],
  [
    'away',
    /\b(?:timed? ?out|connection (?:refused|timed|lost|reset)|could not connect|try again|temporar|expired|retry time|unreachable|delivery time)/i,
  ],
]

/** RFC 3463, section 3, by subject and detail. */
const codes: [BounceReason, RegExp][] = [
  ['unknown', /^[45]\.1\.(?:0|1|3|4|6)$/],
  ['domain', /^[45]\.(?:1\.(?:2|10)|4\.4)$/],
  ['disabled', /^[45]\.2\.1$/],
  ['full', /^[45]\.(?:2\.2|3\.1)$/],
  ['too_large', /^[45]\.(?:2\.3|3\.4)$/],
  ['busy', /^[45]\.5\.3$/],
  ['away', /^[45]\.4\.(?:1|2|5|7)$|^4\./],
  ['policy', /^[45]\.7\./],
]

/** @param text the server's words, one line */
export function bounceReason(status: string | null, text: string): BounceReason {
  const said = text.slice(0, 1000)
  // These two codes are used for nothing else.
  const plain = codes.find(([, code]) => /^[45]\.(?:2\.[23]|3\.4)$/.test(status ?? '') && code.test(status!))
  return (
    plain?.[0] ??
    words.find(([, word]) => word.test(said))?.[0] ??
    codes.find(([, code]) => code.test(status ?? ''))?.[0] ??
    'other'
  )
}
