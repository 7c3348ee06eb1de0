// A mail to try the desk with: written by Foyer, from an address nobody has (RFC 2606), through the way in that every
// mail takes. Asked for twice it is the same mail, and leads to the same conversation.
import MailComposer from 'nodemailer/lib/mail-composer'
import Type from 'typebox'
import { sightOf } from '#features/conversations/conversations.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { text } from '#platform/texts/texts.ts'
import { Nullable } from '../shared/wire.ts'
import type { Receiver } from './receive/receiver.ts'
import { whereItIs } from './receive/where-it-is.ts'

export function addTryRoutes(app: App, house: House, receiver: Receiver): void {
  app.post(
    '/api/v1/first-steps/test-mail',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Lets a made-up customer write to the oldest inbox you see, once',
        tags: ['First steps'],
        response: { 200: Type.Object({ conversation: Nullable(Type.Integer()) }) },
      },
    },
    async (request) => {
      const { id, language } = callerOf(request)
      const { inboxes } = await sightOf(house.db, id)
      const inbox = await house.db
        .selectFrom('inboxes')
        .select(['id', 'address'])
        .where('removed_at', 'is', null)
        .where('id', 'in', [...inboxes, '0'])
        .orderBy('id')
        .executeTakeFirst()
      if (!inbox) return refuse('not_found')
      const address = 'alex@customer.example'
      const raw = await new MailComposer({
        from: { name: text(language, 'start:testMail.name'), address },
        to: inbox.address,
        subject: text(language, 'start:testMail.subject'),
        text: text(language, 'start:testMail.text'),
        date: house.clock.now(),
        messageId: `<first-mail-${inbox.id}@customer.example>`,
        newline: 'windows',
      })
        .compile()
        .build()
      const [receipt] = await receiver.receive({
        ...{ raw, envelopeFrom: address, envelopeTo: [inbox.address] },
        ...{ door: 'outbox', channel: null, kind: null, inboxes: [inbox.id] },
        ...{ sourceKey: `first mail ${inbox.id}`, mode: 'live', remote: null, wait: true },
      })
      const { conversation } = await whereItIs(house, receipt)
      return { conversation }
    },
  )
}
