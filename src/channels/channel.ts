// What the house knows of a channel: foreign bytes become messages, messages become foreign bytes. No conversation
// in here. Mail, a signed webhook or a messenger differ only in what they declare and how they read and deliver.
import type { Readable } from 'node:stream'

/** Names a person on a channel: kind `mail` with an address, `phone`, or the channel's own kind with its id. */
export interface Identity {
  kind: string
  /** the channel's id where values are unique per channel only; '0' for mail and phone */
  scope: string
  value: string
  name: string | null
}
export interface MailboxName {
  name: string | null
  address: string
}

export interface IncomingAttachment {
  name: string
  type: string
  bytes: Uint8Array
  contentId: string | null
  inline: boolean
  /** calendar, smime, pgp, tnef: shown with a mark */
  mark: string | null
}

/** A bounce, as far as it could be read. */
export interface IncomingBounce {
  /** the address that failed */
  address: string | null
  /** enhanced status code (RFC 3463), e.g. 5.1.1 */
  status: string | null
  /** hard: the address is bad; soft: it is not, the mailbox is full or the server away; feedback: "this is spam" */
  kind: 'hard' | 'soft' | 'feedback'
  /** false: still being tried over there */
  final: boolean
  text: string
  /** why, as a word: `unknown`, `full`, `spam` …; null: nothing is said to have failed */
  reason: string | null
  /** Message-IDs found in the returned part */
  messageIds: string[]
}

/**
 * What was found out about a mail's sender, in the words of RFC 8601 (pass, fail, none, temperror …); null: not looked
 * at. `temperror`: name servers did not answer in time.
 */
export interface Evidence {
  /** door: with the machine that delivered it; server: a server we believe said so; signature: by its signature alone */
  by: 'door' | 'server' | 'signature'
  /** the server that said so */
  server: string | null
  spf: string | null
  dkim: string | null
  dmarc: string | null
  arc: string | null
  /** the forwarder or list whose seal was believed */
  sealer: string | null
}
export interface Verdict {
  /** null: not known */
  verified: boolean | null
  evidence: Evidence | null
}

/** One message from outside, read and classified, in no channel's dialect. */
export interface IncomingMessage {
  /** Message-ID without brackets, or the provider's id; derived from the content where there is none */
  messageId: string
  /** stable over transport: equal for the same message that came by two ways */
  fingerprint: Uint8Array
  /** of its words and files alone: equal for the same ones sent twice under different ids */
  content?: string
  /** the sender's clock; null when absent or absurd */
  sentAt: Date | null
  subject: string | null
  /** who wrote: From; the flow decides about Reply-To (own, no-reply and learnt form senders) */
  from: Identity | null
  /** further identities that the channel vouches for (a shop knows its customer's address) */
  alsoKnownAs?: Identity[]
  /** it has made sure that they are his: a code was sent there and came back */
  vouched?: boolean
  replyTo: Identity[]
  to: MailboxName[]
  cc: MailboxName[]
  /** Delivered-To, X-Original-To, To, Cc, envelope: everything that may carry our address or a reply token */
  addressedTo: string[]
  text: string
  html: string | null
  /** where quoted history or the signature stands in `text`; null: nothing to fold */
  fold: { from: number; to: number } | null
  /** Message-IDs this one answers, newest first */
  references: string[]
  /** signed markers found in the quoted body */
  markers: string[]
  /** the same of mails that asked somebody inside */
  consultMarkers?: string[]
  /** the same of news mailed to an agent */
  noticeMarks?: string[]
  attachments: IncomingAttachment[]
  automatic: 'auto_reply' | 'generated' | 'list' | null
  bounce: IncomingBounce | null
  /** values of X-Loop */
  loops: string[]
  spam: boolean
  thanks: boolean
  /** DMARC-aligned, or signed by the channel; null: not known (yet) */
  verified: boolean | null
  /** what that was found out by; null: nothing was looked at */
  evidence?: Evidence | null
  /** An agent forwarded a customer's message: the customer's identity as found inside. */
  forwardedFrom: Identity | null
  /** the sender's address says that nobody reads answers to it */
  noReply: boolean
  /** the sender asks machines not to answer */
  noAutoAnswer?: boolean
}

/** Who vouches for a message's way here; each as far as the door knows it. */
export interface Remote {
  /** the machine that delivered it to our SMTP door */
  address?: string
  helo?: string
  /** the name by which our provider signs its Authentication-Results: only that one is believed */
  authServer?: string
  /** found in our own folder of sent mail: written in another program, and gone already */
  sentFolder?: true
}

/** How a message came: what its bytes alone do not tell. */
export interface Circumstances {
  door: string
  /** the channel's id, where one brought it */
  channel: string | null
  envelopeFrom: string | null
  envelopeTo: string[]
  remote: Remote | null
}

/** Reading either works, breaks a limit (quarantined at once) or is broken (tried again, then quarantined). */
export type ReadOutcome =
  | { ok: true; message: IncomingMessage }
  | { ok: false; kind: 'limit' | 'broken'; reason: string }

/** A message of ours on its way out, everything it needs in it. */
export interface OutgoingMessage {
  id: string
  conversation: string
  at: Date
  /** never changes between tries */
  messageId: string
  inReplyTo: string | null
  /** oldest first */
  references: string[]
  from: MailboxName
  replyTo: MailboxName | null
  to: MailboxName[]
  cc: MailboxName[]
  subject: string
  text: string
  html: string | null
  attachments: OutgoingAttachment[]
  /** extra headers by the flow: Auto-Submitted, X-Loop … */
  headers: Record<string, string>
  /** return path, carrying a signed token so that a bounce finds its message */
  envelopeFrom: string
}
export interface OutgoingAttachment {
  id: string
  name: string
  type: string
  /** bytes */
  size: number
  contentId: string | null
  /** where the other side can fetch it for a week, for channels that carry no bytes */
  url: string
  open(): Readable
}

/** What became of one recipient. `retry`: the world may get better; `uncertain`: cut after the final dot. */
export interface DeliveryOutcome {
  recipient: string
  outcome: 'sent' | 'delivered' | 'retry' | 'failed' | 'uncertain'
  /** the server's reply code, where there was one */
  code: string | null
  /** the server's words; empty where `own` says what there is to say */
  text: string
  /** our own words: a text key, put into words for whoever reads */
  own?: OwnWords
}
export interface OwnWords {
  key: string
  params?: Record<string, unknown>
}

/** What the composer obeys. */
export interface ChannelLimits {
  /** characters of text at the most; null: no limit */
  text: number | null
  html: boolean
  attachments: boolean
  /** Cc, Bcc and several recipients */
  copies: boolean
  subject: boolean
  /** undo window in seconds at the most */
  undoSeconds: number
  /** the customer's own new message stops a reply (mail), or not (chat) */
  guardsCustomerMessages: boolean
}

/** A channel row opened: settings plain, secrets unsealed, for the duration of one call. */
export interface Connection {
  id: string
  kind: string
  inbox: string
  settings: Record<string, unknown>
  secrets: Record<string, string>
}

/** What is done one after the other when a way is tried. */
export type TestStep = 'connect' | 'tls' | 'sign_in' | 'folder'
export interface SideTest {
  ok: boolean
  /** in order; after the one that failed none was tried. Absent: this kind of channel knows no steps */
  steps?: { step: TestStep; state: 'passed' | 'failed' | 'untried' }[]
  /** the server's words */
  error: string | null
  /** which setting is likely wrong, as a text key */
  hint: string | null
}

export interface Channel {
  kind: string
  limits: ChannelLimits
  /** bytes → message; never throws for what is in the bytes */
  read(raw: Uint8Array, circumstances: Circumstances): Promise<ReadOutcome>
  /** message → bytes → the world, for these recipients; expected failures are values */
  deliver(
    message: OutgoingMessage,
    recipients: string[],
    connection: Connection,
    signal: AbortSignal,
  ): Promise<DeliveryOutcome[]>
  /** false: the connection has no server to deliver to; its messages are kept by the test mailbox */
  canDeliver?(connection: Connection): boolean
  /** the bytes as they would leave, for the test mailbox */
  compose?(message: OutgoingMessage): Promise<Uint8Array>
  /** tries both ways with the given settings */
  test(connection: Connection): Promise<{ in: SideTest; out: SideTest }>
}

export interface MailServerName {
  host: string
  port: number
  security: 'tls' | 'starttls'
}
/** The servers of a mail address, as far as they can be found. */
export interface FoundServers {
  /** known: a provider of our list; records: the domain says so (RFC 6186); tried: the usual names answer */
  how: 'known' | 'records' | 'tried' | 'none'
  provider: {
    id: string
    name: string
    /** app: one made for this purpose; bridge: shown by the provider's own program; none: it takes no passwords */
    password: 'usual' | 'app' | 'bridge' | 'none'
    /** IMAP must be switched on over there first */
    switchOn?: true
    /** the provider's own words on it */
    page: string
  } | null
  imap: MailServerName | null
  smtp: MailServerName | null
  /** the name to sign in with */
  username: string
}
