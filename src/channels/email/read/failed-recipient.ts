/** One recipient whom a mail did not reach. */
export interface FailedRecipient {
  /** Lower case; null when the report doesn't say who. */
  address: string | null
  /** Enhanced status code such as 5.1.1 (RFC 3463). */
  status: string | null
  /** The server's words, one line. */
  text: string
  /** `failed` is final; `delayed` means that it is still being tried. */
  action: 'failed' | 'delayed'
  /** True when the address itself is bad (unknown, moved, no such host): writing again is pointless. */
  hard: boolean
}

/** `rfc822; <a@example.com>`, with the many ways to write it wrongly. */
export function addressOf(value: string | undefined): string | null {
  const found = /[^\s<>;,"'():]+@[^\s<>;,"'()]+[\w\]-]/.exec(
    (value ?? '').slice(0, 1000).replace(/^[\w-]+\s*;/, ''),
  )
  return found ? found[0].toLowerCase() : null
}

/** A failed recipient, judged by status and words. */
export function failure(
  address: string | null,
  status: string | null,
  words: string,
  action: FailedRecipient['action'] = 'failed',
): FailedRecipient {
  const text = words
    .slice(0, 5000)
    .replace(/^(smtp|x-[\w-]+)\s*;\s*/i, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 1000)
  return { address, status, text, action, hard: action === 'failed' && isHard(status, text) }
}

const softWords =
  /\b(full|quota|over ?quota|insufficient|too (large|big|many)|size limit|exceed|spam|blocked|blacklist|block ?list|banned|policy|reputation|dmarc|spf|dkim|greylist|tempor|try again|later|timed? ?out|unavailable at|rate limit|suspend|disabled|inactive|expired|virus|rejected due to|reverse dns|ptr|authenticat|sender address|domain of sender|after mail from|not authorized)/i
const hardWords =
  /(user|recipient|mailbox|address|account|addressee|destination|local part)[\w\s<>@.'"():;,/-]{0,80}?(unknown|not (?:be )?(?:found|exist|listed|valid|recogni)|does ?n.t exist|doesn.t have|no longer|invalid|rejected|not known)|(?:unknown|no such|invalid|bad|unrouteable|non-?existent|undeliverable)[\w\s-]{0,30}(user|recipient|mailbox|address|account|person|destination|domain|host)|unrouteable|no mailbox (?:here|by)|host[\w\s<>.-]{0,60}(not found|unknown)|domain[\w\s<>.-]{0,60}(not found|does not exist|invalid)|name or service not known|not a valid (user|mailbox|recipient)|user unknown|no (?:valid )?(?:mx|recipients?\b)|has moved|not (?:be )?(?:found|recognized)|could ?n.t be found|domain is not reachable|does not accept mail|no smtp service|wrong or no longer valid|invalid final|not delivered to:|адресат|не существует|не найден/i

/** Statuses that speak of the address (RFC 3463 X.1.x), unless the words speak of something passing. */
function isHard(status: string | null, text: string): boolean {
  if (status?.startsWith('4')) return false
  if (status && /^5\.(1\.(0|1|2|3|4|6|10)|4\.4)$/.test(status))
    return !softWords.test(text) || hardWords.test(text)
  // RFC 7504 and 7505: the host or the domain takes no mail at all.
  if (status && /^5\.(3\.2|7\.27)$/.test(status)) return /\b521\b|accept/i.test(text)
  if (status && /^5\.(2\.[1-9]|3|4|6|7)/.test(status))
    return /^5\.(4\.1|2\.1|7\.1)$/.test(status) && hardWords.test(text) && !softWords.test(text)
  return hardWords.test(text) && !softWords.test(text)
}
