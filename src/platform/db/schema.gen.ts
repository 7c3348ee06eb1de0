// Made by `node bin/db.ts types` from db/migrations. Do not edit.
import type { ColumnType, Generated } from 'kysely'

type Time = ColumnType<Date, Date, Date>
type NullTime = ColumnType<Date | null, Date | null | undefined, Date | null>
// biome-ignore lint/suspicious/noExplicitAny: what a jsonb column holds is known where it is read
type Json = any
type MadeJson = ColumnType<Json, object | undefined, object>
type NullJson = ColumnType<Json, object | string | null | undefined, object | string | null>

export interface AgentAddressesTable {
  address: string
  agent: string
}

export interface AgentsTable {
  id: Generated<string>
  auth_user: string | null
  name: string
  address: string
  role: Generated<'admin' | 'agent'>
  language: Generated<string>
  settings: MadeJson
  away_from: NullTime
  away_until: NullTime
  invited_at: NullTime
  joined_at: NullTime
  removed_at: NullTime
  removed_by: string | null
  created_at: Time
  rights: Generated<string[]>
}

export interface AnswersTable {
  message: string
  conversation: string
  agent: string
  at: Time
}

export interface ApiKeysTable {
  id: Generated<string>
  agent: string
  name: string
  hash: Buffer
  start: string
  created_at: Time
  last_used_at: NullTime
  revoked_at: NullTime
}

export interface ApprovedPeopleTable {
  address: string
  approved_by: string | null
  approved_at: Time
}

export interface AttachmentsTable {
  id: Generated<string>
  message: string | null
  comment: string | null
  position: Generated<number>
  file: Buffer
  name: string
  type: string
  size: string
  content_id: string | null
  inline: Generated<boolean>
  mark: string | null
  uploaded_by: string | null
  created_at: Time
  seal: string | null
}

export interface BlockedAddressesTable {
  address: string
  blocked_at: Time
  blocked_by: string | null
  reason: string | null
}

export interface BulkChangesTable {
  id: Generated<string>
  agent: string
  at: Time
  undo: Json
  undone_at: NullTime
}

export interface ChannelTokensTable {
  channel: string
  refresh_token: string
  access_token: string | null
  access_until: NullTime
  until: NullTime
  told_until: NullTime
  signed_in_at: Time
  signed_in_by: string | null
}

export interface ChannelsTable {
  id: Generated<string>
  kind: string
  inbox: string
  name: string
  settings: MadeJson
  secrets: string | null
  enabled_at: NullTime
  removed_at: NullTime
  last_in_at: NullTime
  last_out_at: NullTime
  last_error: string | null
  last_error_at: NullTime
  created_at: Time
  last_error_side: 'in' | 'out' | null
  last_error_hint: string | null
  no_sent_since: NullTime
}

export interface ChoresTable {
  name: string
  due_at: Time
}

export interface ClosingsTable {
  event: string
  conversation: string
  agent: string
  at: Time
  reopened_at: NullTime
}

export interface CommentsTable {
  id: Generated<string>
  conversation: string
  position: number
  at: Time
  author_kind: 'agent' | 'collaborator' | 'rule' | 'system'
  author_id: string | null
  author_name: string | null
  text: string
  html: string | null
  stop: Generated<boolean>
  mentions: Generated<string[]>
  ledger: string | null
  edited_at: NullTime
  deleted_at: NullTime
  deleted_by: string | null
  consult: string | null
  author_address: string | null
  invited: boolean | null
  verified: boolean | null
  origin: string | null
  moved: Generated<boolean>
}

export interface CompaniesTable {
  id: Generated<string>
  name: string
  created_at: Time
}

export interface CompanyDomainsTable {
  domain: string
  company: string | null
  added_at: Time
}

export interface ConsultIdsTable {
  message_id: string
  consult: string
}

export interface ConsultMailsTable {
  id: Generated<string>
  consult: string
  kind: 'question' | 'nudge'
  address: string
  name: string | null
  agent: string | null
  message_id: string
  at: Time
  sent_at: NullTime
  failed_at: NullTime
  said: string | null
}

export interface ConsultsTable {
  id: Generated<string>
  conversation: string
  question: string
  asked_by: string
  asked_at: Time
  kind: 'agent' | 'team' | 'partner'
  whom: string
  include: MadeJson
  state: Generated<'open' | 'answered' | 'withdrawn'>
  answer_by: Time
  nudges: Generated<number>
  nudge_at: NullTime
  ended_at: NullTime
  answer: string | null
}

export interface ConversationAccessTable {
  conversation: string
  agent: string
  because: 'mentioned' | 'asked'
  granted_at: Time
  position: Generated<number>
}

export interface ConversationCountsTable {
  id: Generated<string>
  inbox: string
  team: string | null
  assignee: string | null
  bucket: string
  n: string
}

export interface ConversationDistinctionsTable {
  one: string
  other: string
  told_at: Time
  told_by: string | null
}

export interface ConversationLinksTable {
  conversation: string
  other: string
  kind: string
}

export interface ConversationMergesTable {
  id: Generated<string>
  merged: string
  survivor: string
  merged_at: Time
  merged_by: string
  event: string
  fields: MadeJson
  brought: MadeJson
  undone_at: NullTime
  undone_by: string | null
}

export interface ConversationSearchTable {
  conversation: string
  inbox: string
  last_activity_at: Time
  words: string
  comment_words: Generated<string>
}

export interface ConversationTagsTable {
  conversation: string
  tag: string
  tagged_at: Time
}

export interface ConversationsTable {
  id: Generated<string>
  inbox: string
  channel: string | null
  customer: string
  customer_address: string | null
  subject: string
  category: Generated<'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed'>
  status_name: string | null
  priority: Generated<'low' | 'normal' | 'high' | 'urgent'>
  assignee: string | null
  team: string | null
  holder_kind: 'agent' | 'team' | 'collaborator' | 'partner' | 'customer' | null
  holder_id: string | null
  holder_since: NullTime
  topic: string | null
  language: string | null
  medium: Generated<string>
  snoozed_until: NullTime
  snoozed_by: string | null
  waiting_since: NullTime
  spam_at: NullTime
  spam_by: string | null
  trashed_at: NullTime
  trashed_by: string | null
  closed_at: NullTime
  closed_by: string | null
  locked_at: NullTime
  thanks_at: NullTime
  merged_into: string | null
  last_position: Generated<number>
  last_item: string | null
  preview: Generated<string>
  has_attachments: Generated<boolean>
  last_activity_at: Time
  created_at: Time
  updated_at: Time
  last_in_position: Generated<number>
  fields: MadeJson
  bucket: Generated<string | null>
  origin: string | null
  strayed: Generated<string[]>
  asked_kind: 'agent' | 'team' | 'partner' | null
  asked_id: string | null
  by_time: Generated<boolean>
  arranged: Generated<number>
}

export interface CustomerClaimsTable {
  customer: string
  kind: string
  scope: Generated<string>
  value: string
  claimed_at: Time
}

export interface CustomerDistinctionsTable {
  one: string
  other: string
  told_at: Time
  told_by: string | null
}

export interface CustomerIdentitiesTable {
  id: Generated<string>
  customer: string
  kind: string
  scope: Generated<string>
  value: string
  verified_at: NullTime
  failing_since: NullTime
  created_at: Time
  origin: string | null
}

export interface CustomerJoinsTable {
  id: Generated<string>
  survivor: string
  joined: string
  reason: string
  filled: MadeJson
  joined_at: Time
  joined_by: string
  undone_at: NullTime
  undone_by: string | null
}

export interface CustomerNotesTable {
  id: Generated<string>
  customer: string
  origin: string | null
  text: string
  author: string | null
  written_at: Time
  changed_at: NullTime
  removed_at: NullTime
  removed_by: string | null
}

export interface CustomersTable {
  id: Generated<string>
  name: string | null
  company: string | null
  language: string | null
  time_zone: string | null
  vip_at: NullTime
  hint: string | null
  joined_into: string | null
  created_at: Time
  fields: MadeJson
  primary_identity: string | null
  last_changes: MadeJson
  erased_at: NullTime
}

export interface DeliveriesTable {
  id: Generated<string>
  message: string
  channel: string | null
  recipient: string
  role: Generated<'to' | 'cc' | 'bcc'>
  state: 'scheduled' | 'held' | 'queued' | 'sending' | 'uncertain' | 'sent' | 'delivered' | 'read' | 'failed' | 'bounced' | 'cancelled'
  due_at: NullTime
  attempts: Generated<number>
  first_tried_at: NullTime
  claimed_by: string | null
  claimed_at: NullTime
  settled_at: NullTime
}

export interface DeliveryAttemptsTable {
  id: Generated<string>
  delivery: string
  at: Time
  state: string
  code: string | null
  text: string
  own_key: string | null
  own_params: NullJson
}

export interface DeliveryCountsTable {
  shard: number
  total: Generated<string>
}

export interface DoorCountsTable {
  door: string
  shard: number
  received: Generated<string>
}

export interface DraftViewsTable {
  conversation: string
  agent: string
  kind: Generated<string>
  viewer: string
  viewed_at: Time
}

export interface DraftsTable {
  conversation: string
  agent: string
  kind: 'reply' | 'comment'
  text: string
  html: string | null
  recipients: NullJson
  copies: NullJson
  blind_copies: NullJson
  attachments: Generated<string[]>
  last_seen: string | null
  after_sending: NullJson
  stopped_at: NullTime
  updated_at: Time
  asked_by: string | null
  asked_at: NullTime
  begun_at: NullTime
}

export interface ErasuresTable {
  id: Generated<string>
  at: Time
  agent: string | null
  kind: 'message' | 'comment' | 'attachment' | 'person'
  subject: string
  conversation: string
  item_at: Time
  reason: string
  noted_at: NullTime
}

export interface EventsTable {
  id: Generated<string>
  seq: string | null
  at: Time
  kind: string
  version: Generated<number>
  actor_kind: string
  actor_id: string | null
  conversation: string | null
  item: string | null
  position: number | null
  before: MadeJson
  after: MadeJson
  cause: string | null
  depth: Generated<number>
}

export interface FilesTable {
  sha256: Buffer
  size: string
  stored_at: Time
}

export interface FingerprintsTable {
  inbox: string
  fingerprint: Buffer
  ledger: string
}

export interface FirstAnswersTable {
  conversation: string
  agent: string
  at: Time
  asked_at: Time
}

export interface FollowersTable {
  conversation: string
  agent: string
  followed_at: Time
}

export interface FormRepliesTable {
  conversation: string
  inbox: string
  sender: string
  reply_to: string
  name: string | null
}

export interface FormSendersTable {
  id: Generated<string>
  inbox: string
  address: string
  asked_at: Time
  is_form: boolean | null
  decided_at: NullTime
  decided_by: string | null
}

export interface HandoffsTable {
  id: Generated<string>
  conversation: string
  holder_kind: string
  holder_id: string | null
  began_at: Time
  ended_at: NullTime
  event: string
}

export interface IdempotencyKeysTable {
  agent: string
  route: string
  key: string
  body_hash: Buffer
  status: number
  response: Json
  created_at: Time
}

export interface ImapPositionsTable {
  channel: string
  folder: string
  uid_validity: string
  last_uid: string
  taken_at: Time
}

export interface InboxAliasesTable {
  address: string
  inbox: string
}

export interface InboxTeamsTable {
  inbox: string
  team: string
}

export interface InboxesTable {
  id: Generated<string>
  name: string
  address: string
  team: string
  seen_by: Generated<'all' | 'teams'>
  signature: string | null
  quote: Generated<'none' | 'last' | 'all'>
  sender_name: Generated<'agent' | 'first' | 'team'>
  guard: Generated<'off' | 'default' | 'all'>
  plus_addressing: Generated<boolean>
  created_at: Time
  removed_at: NullTime
  acknowledges: Generated<boolean>
  acknowledgement: string | null
}

export interface KnownMessageIdsTable {
  inbox: string
  message_id: string
  conversation: string
  carried: boolean
}

export interface LedgerTable {
  id: Generated<string>
  received_at: Time
  door: 'smtp' | 'imap' | 'pipe' | 'import' | 'webhook' | 'outbox' | 'demo'
  channel: string | null
  inbox: string
  source_key: string | null
  sha256: Buffer
  size: string
  envelope_from: string | null
  envelope_to: Generated<string[]>
  mode: Generated<'live' | 'history'>
  remote: NullJson
  outcome: Generated<'waiting' | 'failed' | 'threaded' | 'started' | 'comment' | 'bounce' | 'ignored' | 'quarantined' | 'refused'>
  reason: string | null
  settled_at: NullTime
  tries: Generated<number>
  next_try_at: NullTime
  message_id: string | null
  from_address: string | null
  subject: string | null
  conversation: string | null
  item: string | null
  duplicate_of: string | null
  verdict: NullJson
  erased_at: NullTime
  erased_by: string | null
  erased_because: string | null
  seal: string | null
}

export interface LedgerTriesTable {
  ledger: string
  try: number
  at: Time
  error: string
}

export interface LiveSeatsTable {
  process: string
  agent: string
  heard_at: Time
}

export interface MessagesTable {
  id: Generated<string>
  conversation: string
  position: number
  direction: 'in' | 'out'
  medium: Generated<string>
  channel: string | null
  at: Time
  author_kind: 'customer' | 'participant' | 'agent' | 'collaborator' | 'rule' | 'system'
  author_id: string | null
  author_name: string | null
  author_address: string | null
  subject: string | null
  text: Generated<string>
  html: string | null
  fold_from: number | null
  fold_to: number | null
  sender: NullJson
  recipients: MadeJson
  copies: MadeJson
  blind_copies: MadeJson
  automatic: string | null
  verified: boolean | null
  ledger: string | null
  message_id: string | null
  in_reply_to: string | null
  quote: string | null
  undo_until: NullTime
  send_at: NullTime
  unless_customer_writes: Generated<boolean>
  erased_at: NullTime
  erased_by: string | null
  html_safe: Generated<number>
  call_seconds: number | null
  erased_because: string | null
  evidence: NullJson
  sealed_at: NullTime
  checked_at: NullTime
  checked_by: string | null
  origin: string | null
  moved: Generated<boolean>
}

export interface MigrationsTable {
  name: string
  applied_at: Time
}

export interface NoticeMailsTable {
  id: Generated<string>
  agent: string
  conversation: string
  item: string
  sent_at: Time
}

export interface NotificationMailsTable {
  agent: string
  due_at: Time
}

export interface NotificationsTable {
  id: Generated<string>
  agent: string
  conversation: string
  kind: 'assigned' | 'mentioned' | 'customer_yours' | 'customer_followed' | 'colleague' | 'team' | 'failed' | 'held' | 'taken' | 'asked' | 'answered' | 'unanswered' | 'alarm'
  event: string
  item: string | null
  position: Generated<number>
  actor_kind: string
  actor_id: string | null
  at: Time
  read_at: NullTime
  mailed_at: NullTime
}

export interface OutboxMailsTable {
  id: Generated<string>
  message: string | null
  inbox: string | null
  system_kind: string | null
  at: Time
  sender: string
  recipients: string[]
  subject: string
  source: Buffer
  text: Generated<string>
  html: string | null
  conversation: string | null
}

export interface OwnAddressesTable {
  address: string
  inbox: string
}

export interface ParticipantsTable {
  conversation: string
  customer: string
  address: string
  name: string | null
  confirmed_at: NullTime
  confirmed_by: string | null
  removed_at: NullTime
  added_at: Time
  origin: string | null
}

export interface PartnersTable {
  id: Generated<string>
  address: string
  name: string | null
  listed_at: NullTime
  asked_at: NullTime
  created_at: Time
}

export interface PushDevicesTable {
  id: Generated<string>
  agent: string
  endpoint: string
  keys: string
  name: string
  session: string | null
  created_at: Time
  last_push_at: NullTime
  ended_at: NullTime
}

export interface PushKeysTable {
  id: Generated<number>
  public: string
  sealed: string
  created_at: Time
}

export interface ReadPositionsTable {
  conversation: string
  agent: string
  position: number
  read_at: Time
}

export interface SavedRepliesTable {
  id: Generated<string>
  name: string
  text: string
  scope: 'me' | 'team' | 'all'
  owner: string
  team: string | null
  updated_at: Time
  removed_at: NullTime
  html: string | null
}

export interface SealOpeningsTable {
  id: Generated<string>
  seal: string
  agent: string
  at: Time
  until: Time
  reason: string
}

export interface SealedWordsTable {
  seal: string
  kind: 'message' | 'comment' | 'attachment'
  item: string
  words: string
}

export interface SealsTable {
  id: Generated<string>
  message: string
  attachment: string | null
  conversation: string
  sealed_at: Time
  sealed_by: string | null
  reason: string
}

export interface SendingsTable {
  message: string
  agent: string | null
  kind: 'reply' | 'start' | 'forward' | 'acknowledgement'
  then: NullJson
  done: NullJson
  quote: Generated<'none' | 'last' | 'all'>
}

export interface SettingsTable {
  key: string
  value: Json
}

export interface SignInLinksTable {
  hash: Buffer
  kind: 'invitation' | 'reset'
  agent: string
  created_at: Time
  expires_at: Time
  used_at: NullTime
}

export interface SignInTriesTable {
  key: string
  filled_until: Time
}

export interface SpamLearnedTable {
  spam: boolean
  lessons: Generated<number>
}

export interface SpamLessonsTable {
  conversation: string
  spam: boolean
  words: string[]
  at: Time
}

export interface SpamVerdictsTable {
  conversation: string
  by: 'learned' | 'filter'
  words: string[]
}

export interface SpamWordsTable {
  word: string
  spam: Generated<number>
  other: Generated<number>
}

export interface StatusesTable {
  name: string
  category: 'new' | 'open' | 'pending' | 'on_hold' | 'solved'
  created_at: Time
}

export interface StreamPositionsTable {
  name: string
  seq: string
}

export interface TagsTable {
  id: Generated<string>
  name: string
  created_at: Time
}

export interface TakenAddressesTable {
  address: string
}

export interface TeamMembersTable {
  team: string
  agent: string
  lead: Generated<boolean>
}

export interface TeamsTable {
  id: Generated<string>
  name: string
  created_at: Time
  removed_at: NullTime
}

export interface ViewOrderTable {
  agent: string
  views: string[]
}

export interface ViewsTable {
  id: Generated<string>
  name: string
  scope: 'me' | 'team' | 'all'
  owner: string
  team: string | null
  filters: Json
  sort: string | null
  created_at: Time
}

export interface Tables {
  agent_addresses: AgentAddressesTable
  agents: AgentsTable
  answers: AnswersTable
  api_keys: ApiKeysTable
  approved_people: ApprovedPeopleTable
  attachments: AttachmentsTable
  blocked_addresses: BlockedAddressesTable
  bulk_changes: BulkChangesTable
  channel_tokens: ChannelTokensTable
  channels: ChannelsTable
  chores: ChoresTable
  closings: ClosingsTable
  comments: CommentsTable
  companies: CompaniesTable
  company_domains: CompanyDomainsTable
  consult_ids: ConsultIdsTable
  consult_mails: ConsultMailsTable
  consults: ConsultsTable
  conversation_access: ConversationAccessTable
  conversation_counts: ConversationCountsTable
  conversation_distinctions: ConversationDistinctionsTable
  conversation_links: ConversationLinksTable
  conversation_merges: ConversationMergesTable
  conversation_search: ConversationSearchTable
  conversation_tags: ConversationTagsTable
  conversations: ConversationsTable
  customer_claims: CustomerClaimsTable
  customer_distinctions: CustomerDistinctionsTable
  customer_identities: CustomerIdentitiesTable
  customer_joins: CustomerJoinsTable
  customer_notes: CustomerNotesTable
  customers: CustomersTable
  deliveries: DeliveriesTable
  delivery_attempts: DeliveryAttemptsTable
  delivery_counts: DeliveryCountsTable
  door_counts: DoorCountsTable
  draft_views: DraftViewsTable
  drafts: DraftsTable
  erasures: ErasuresTable
  events: EventsTable
  files: FilesTable
  fingerprints: FingerprintsTable
  first_answers: FirstAnswersTable
  followers: FollowersTable
  form_replies: FormRepliesTable
  form_senders: FormSendersTable
  handoffs: HandoffsTable
  idempotency_keys: IdempotencyKeysTable
  imap_positions: ImapPositionsTable
  inbox_aliases: InboxAliasesTable
  inbox_teams: InboxTeamsTable
  inboxes: InboxesTable
  known_message_ids: KnownMessageIdsTable
  ledger: LedgerTable
  ledger_tries: LedgerTriesTable
  live_seats: LiveSeatsTable
  messages: MessagesTable
  migrations: MigrationsTable
  notice_mails: NoticeMailsTable
  notification_mails: NotificationMailsTable
  notifications: NotificationsTable
  outbox_mails: OutboxMailsTable
  own_addresses: OwnAddressesTable
  participants: ParticipantsTable
  partners: PartnersTable
  push_devices: PushDevicesTable
  push_keys: PushKeysTable
  read_positions: ReadPositionsTable
  saved_replies: SavedRepliesTable
  seal_openings: SealOpeningsTable
  sealed_words: SealedWordsTable
  seals: SealsTable
  sendings: SendingsTable
  settings: SettingsTable
  sign_in_links: SignInLinksTable
  sign_in_tries: SignInTriesTable
  spam_learned: SpamLearnedTable
  spam_lessons: SpamLessonsTable
  spam_verdicts: SpamVerdictsTable
  spam_words: SpamWordsTable
  statuses: StatusesTable
  stream_positions: StreamPositionsTable
  tags: TagsTable
  taken_addresses: TakenAddressesTable
  team_members: TeamMembersTable
  teams: TeamsTable
  view_order: ViewOrderTable
  views: ViewsTable
}
