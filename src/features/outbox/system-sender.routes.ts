import { checkServer } from '#features/connections/connections.ts'
import { inTransaction } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller } from '#platform/http/http.ts'
import { mailAddress } from '#shared/address/address.ts'
import { SystemSender, SystemSenderInput } from './outbox.contract.ts'
import { setSystemSender, systemSender } from './system-sender.ts'

/** Administrators alone: who can read these mails can take over an account. */
export function addSystemSenderRoutes(app: App, house: House): void {
  const { db, secrets } = house
  const show = async () => {
    const { password, smtp, ...rest } = await systemSender(db, secrets)
    return { ...rest, smtp: smtp && { ...smtp, hasPassword: password !== null } }
  }
  app.get(
    '/api/v1/system-sender',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Who sends invitations and reset links',
        tags: ['Outbox'],
        response: { 200: SystemSender },
      },
    },
    show,
  )
  app.put(
    '/api/v1/system-sender',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Sets who sends invitations and reset links, and by which server',
        tags: ['Outbox'],
        body: SystemSenderInput,
        response: { 200: SystemSender },
      },
    },
    async (request) => {
      const address = mailAddress(request.body.address) ?? refuseField('address', 'not_an_address')
      const smtp = request.body.smtp && checkServer(request.body.smtp, 'smtp')
      await inTransaction(db, (tx) =>
        setSystemSender(tx, secrets, { ...request.body, smtp, address }, byCaller(house, request)),
      )
      return show()
    },
  )
}
