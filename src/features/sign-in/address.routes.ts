import { Agent, Me } from '#features/agents/agents.contract.ts'
import { findAgent, findMe } from '#features/agents/agents.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller, callerOf } from '#platform/http/http.ts'
import { changeAddressOf, changeOwnAddress } from './change-address.ts'
import { AddressChange, AddressOf, IdParams } from './sign-in.contract.ts'
import { addressBucket, countTry, forgetTries } from './tries.ts'

/** The address one signs in with: one's own with the password, anybody's by an administrator. */
export function addAddressRoutes(app: App, house: House): void {
  app.put(
    '/api/v1/me/address',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Change the address I sign in with; my sessions stay',
        tags: ['Agents'],
        body: AddressChange,
        response: { 200: Me },
      },
    },
    async (request) => {
      const { id, address } = callerOf(request)
      const now = house.clock.now()
      const bucket = addressBucket('password', address)
      await countTry(house.db, now, [bucket])
      await changeOwnAddress(house, byCaller(house, request), id, request.body)
      await forgetTries(house.db, now, bucket)
      return (await findMe(house.db, id))!
    },
  )
  app.put(
    '/api/v1/agents/:id/address',
    {
      config: { who: 'admin' },
      schema: {
        summary: 'Change the address an agent signs in with; who has not joined yet is invited there',
        tags: ['Agents'],
        params: IdParams,
        body: AddressOf,
        response: { 200: Agent },
      },
    },
    async (request) => {
      const { id } = request.params
      const { name } = callerOf(request)
      await changeAddressOf(house, { ...byCaller(house, request), name }, id, request.body.address)
      return (await findAgent(house.db, id))!
    },
  )
}
