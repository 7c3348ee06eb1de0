// "This sender seems to be your form. Treat it so?": asked once, answered by an administrator, and what came before is put
// right by one click.
import Type from 'typebox'
import * as conversations from '#features/conversations/conversations.ts'
import * as customers from '#features/customers/customers.ts'
import { FormSender, FormSenderList } from '#features/inboxes/inboxes.contract.ts'
import * as inboxes from '#features/inboxes/inboxes.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller } from '#platform/http/http.ts'
import { Id } from '#shared/wire.ts'

const tags = ['Inboxes']
const params = Type.Object({ id: Id })

export function addFormSenderRoutes(app: App, house: House): void {
  const { db } = house
  app.get(
    '/api/v1/form-senders',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Senders that look like a site’s form, those to be decided first',
        tags,
        response: { 200: FormSenderList },
      },
    },
    async () => ({ items: await inboxes.formSenders(db) }),
  )
  app.put(
    '/api/v1/form-senders/:id',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Treat its mail as the Reply-To’s from now on, or not',
        tags,
        params,
        body: Type.Object({ isForm: Type.Boolean() }),
        response: { 200: FormSender },
      },
    },
    async (request) => {
      const { id } = request.params
      await inTransaction(db, (tx) =>
        inboxes.decideFormSender(tx, id, request.body.isForm, byCaller(house, request)),
      )
      return (await inboxes.formSenders(db, id))[0] ?? refuse('not_found')
    },
  )
  app.post(
    '/api/v1/form-senders/:id/earlier',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Gives its earlier conversations to the people in Reply-To',
        tags,
        params,
        response: { 200: FormSender },
      },
    },
    async (request) => {
      const { id } = request.params
      const by = byCaller(house, request)
      await inTransaction(db, async (tx) => {
        for (const reply of await inboxes.takeFormReplies(tx, id)) await putRight(tx, reply, by)
      })
      return (await inboxes.formSenders(db, id))[0] ?? refuse('not_found')
    },
  )
}

/** The form's address does not stay on the conversation: nobody reads there. Finished ones stay as they are. */
async function putRight(
  tx: Db,
  { conversation, sender, replyTo, name }: inboxes.FormReply,
  by: conversations.By,
): Promise<void> {
  const row = await conversations.lock(tx, conversation)
  if (row.merged_into || row.category === 'closed' || row.customer_address !== sender) return
  const identity = { kind: 'mail', scope: '0', value: replyTo, name, verified: false }
  const [customer] = await customers.know(tx, [identity], by.at)
  const person = { customer: customer!, address: replyTo, name }
  const moved = await conversations.makeCustomer(tx, row, person, by)
  await conversations.removeParticipant(tx, moved, sender, by)
}
