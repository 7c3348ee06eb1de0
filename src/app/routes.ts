import { checkDomain, isPublished } from '#channels/email/check-domain.ts'
import { findServers } from '#channels/email/find-servers.ts'
import { addAgentRoutes } from '#features/agents/agents.routes.ts'
import { addAttachmentRoutes } from '#features/attachments/attachments.routes.ts'
import { addFileViewRoutes } from '#features/attachments/file-view.routes.ts'
import { addPictureRoutes } from '#features/attachments/pictures.routes.ts'
import { addConnectionRoutes } from '#features/connections/connections.routes.ts'
import { addDkimRoutes } from '#features/connections/dkim/dkim.routes.ts'
import { addOauthRoutes } from '#features/connections/oauth/oauth.routes.ts'
import { addPartnerRoutes } from '#features/consults/partners.routes.ts'
import { addBulkRoutes } from '#features/conversations/bulk.routes.ts'
import { addCommentRoutes } from '#features/conversations/comments.routes.ts'
import { addConversationRoutes } from '#features/conversations/conversations.routes.ts'
import { sees } from '#features/conversations/conversations.ts'
import { addHandoffRoutes } from '#features/conversations/handoffs.routes.ts'
import { addMessageRoutes } from '#features/conversations/messages.routes.ts'
import { addNextRoutes } from '#features/conversations/next.routes.ts'
import { addParticipantRoutes } from '#features/conversations/participants.routes.ts'
import { addStatusRoutes } from '#features/conversations/statuses.routes.ts'
import { addVerbRoutes } from '#features/conversations/verbs.routes.ts'
import { addCompanyRoutes } from '#features/customers/companies.routes.ts'
import { addCustomerRoutes } from '#features/customers/customers.routes.ts'
import { addIdentityRoutes } from '#features/customers/identities.routes.ts'
import { addJoinRoutes } from '#features/customers/joins.routes.ts'
import { addNoteRoutes } from '#features/customers/notes.routes.ts'
import { addDraftRoutes } from '#features/drafts/drafts.routes.ts'
import { addFirstStepsRoutes } from '#features/first-steps/first-steps.routes.ts'
import { addInboxRoutes } from '#features/inboxes/inboxes.routes.ts'
import { addLedgerRoutes } from '#features/ledger/ledger.routes.ts'
import { addNotificationRoutes } from '#features/notifications/notifications.routes.ts'
import { addStopMailRoutes } from '#features/notifications/stop-mail.routes.ts'
import { addNumbersRoutes } from '#features/numbers/numbers.routes.ts'
import { addOutboxRoutes } from '#features/outbox/outbox.routes.ts'
import { addSystemSenderRoutes } from '#features/outbox/system-sender.routes.ts'
import { addSavedReplyRoutes } from '#features/saved-replies/saved-replies.routes.ts'
import { addSearchRoutes } from '#features/search/search.routes.ts'
import { wordsCondition } from '#features/search/search.ts'
import { addAccountRoutes } from '#features/sign-in/account.routes.ts'
import { addSignInRoutes } from '#features/sign-in/sign-in.routes.ts'
import { addSpamRoutes } from '#features/spam/spam.routes.ts'
import { addTagRoutes } from '#features/tags/tags.routes.ts'
import { addTeamRoutes } from '#features/teams/teams.routes.ts'
import { addViewRoutes } from '#features/views/views.routes.ts'
import { filtersOf } from '#features/views/views.ts'
import { addAnswerRoutes } from '#flows/answer-as-customer.routes.ts'
import { addAnswerPageRoutes } from '#flows/consult/answer-page.routes.ts'
import { addApprovalRoutes } from '#flows/consult/approve.routes.ts'
import { addConsultRoutes } from '#flows/consult/ask.routes.ts'
import { addTakeBackRoutes } from '#flows/consult/take-back.routes.ts'
import { addErasingRoutes } from '#flows/erase/erase.routes.ts'
import { addPersonRoutes } from '#flows/erase/person.routes.ts'
import { addFormSenderRoutes } from '#flows/form-senders.routes.ts'
import { addForwardRoutes } from '#flows/forward.routes.ts'
import { addInboundRoutes } from '#flows/inbound.routes.ts'
import { addDocumentRoutes } from '#flows/look-inside/document.routes.ts'
import { addPreviewRoutes } from '#flows/look-inside/preview.routes.ts'
import { addSourceRoutes } from '#flows/look-inside/source.routes.ts'
import { addMailLogRoutes } from '#flows/mail-log.routes.ts'
import { addMergeRoutes } from '#flows/merge/merge.routes.ts'
import { addMergeTagsRoute } from '#flows/merge-tags.routes.ts'
import type { Receiver } from '#flows/receive/receiver.ts'
import { addSealRoutes } from '#flows/seal/seal.routes.ts'
import { addSelfMailRoutes } from '#flows/self-mail.routes.ts'
import { addSendingRoutes } from '#flows/send-reply.routes.ts'
import { addFileRoutes } from '#flows/sending/files.routes.ts'
import { addStartRoutes } from '#flows/start-conversation.routes.ts'
import { addTryRoutes } from '#flows/try-a-mail.routes.ts'
import { openDns } from '#platform/dns/dns.ts'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import type { Simulator } from './demo/simulate.ts'
import { addSimulatorRoutes } from './demo/simulator.routes.ts'
import { testChannel } from './test-channel.ts'
import type { WaysOut } from './ways-out.ts'

export interface RouteOptions {
  /** works until nothing is due any more */
  settle(): Promise<void>
  /** takes in messages that come over HTTP */
  receiver: Receiver
  /** what carries messages out */
  out: WaysOut
  /** the demo's customers, where they are played */
  simulator(): Simulator | null
}

/** Every feature's routes, and those of the flows. */
export function addRoutes(app: App, house: House, { receiver, out, simulator }: RouteOptions): void {
  addSignInRoutes(app, house)
  addAccountRoutes(app, house)
  addAgentRoutes(app, house)
  addTeamRoutes(app, house)
  addInboxRoutes(app, house)
  addConnectionRoutes(app, house, {
    test: (connection) => testChannel(house, out, connection),
    findServers: (address) => findServers(openDns(house.config), address),
    checkDomain: (address, server, own) => checkDomain(openDns(house.config).resolve, address, server, own),
  })
  addOauthRoutes(app, house)
  addDkimRoutes(app, house, (key) => isPublished(openDns(house.config).resolve, key))
  addSelfMailRoutes(app, house, { channels: out.channels, testOut: out.test })
  addConversationRoutes(app, house, { savedView: filtersOf, words: wordsCondition })
  addHandoffRoutes(app, house)
  addNextRoutes(app, house)
  addVerbRoutes(app, house)
  addStatusRoutes(app, house)
  addViewRoutes(app, house)
  addSearchRoutes(app, house)
  addCommentRoutes(app, house)
  addMessageRoutes(app, house)
  addParticipantRoutes(app, house)
  addBulkRoutes(app, house)
  addTagRoutes(app, house)
  addSpamRoutes(app, house)
  addMergeTagsRoute(app, house)
  addSavedReplyRoutes(app, house)
  addCustomerRoutes(app, house)
  addIdentityRoutes(app, house)
  addNoteRoutes(app, house)
  addJoinRoutes(app, house)
  addCompanyRoutes(app, house)
  addAttachmentRoutes(app, house, sees)
  addPictureRoutes(app, house)
  addFileViewRoutes(app, house, sees)
  addPreviewRoutes(app, house)
  addSourceRoutes(app, house)
  addDocumentRoutes(app, house)
  addDraftRoutes(app, house)
  addSendingRoutes(app, house, out.channels)
  addStartRoutes(app, house, out.channels)
  addForwardRoutes(app, house, out.channels)
  addLedgerRoutes(app, house)
  addOutboxRoutes(app, house)
  addSystemSenderRoutes(app, house)
  addAnswerRoutes(app, house, receiver)
  addInboundRoutes(app, house, receiver)
  addFormSenderRoutes(app, house)
  addMailLogRoutes(app, house, receiver)
  addNumbersRoutes(app, house)
  addSimulatorRoutes(app, simulator)
  addFirstStepsRoutes(app, house)
  addTryRoutes(app, house, receiver)
  addFileRoutes(app, house)
  addNotificationRoutes(app, house)
  addStopMailRoutes(app, house)
  addErasingRoutes(app, house)
  addPersonRoutes(app, house)
  addSealRoutes(app, house)
  addConsultRoutes(app, house)
  addMergeRoutes(app, house)
  addTakeBackRoutes(app, house)
  addApprovalRoutes(app, house)
  addPartnerRoutes(app, house)
  addAnswerPageRoutes(app, house)
}
