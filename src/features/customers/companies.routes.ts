import Type from 'typebox'
import { inTransaction } from '#platform/db/db.ts'
import type { House } from '#platform/house.ts'
import { type App, byCaller } from '#platform/http/http.ts'
import { Id, PageQuery } from '../../shared/wire.ts'
import { Company, CompanyInput, CompanyPage } from './companies.contract.ts'
import { changeCompany, findCompanies, showCompany } from './companies.ts'
import { onlookerOf } from './onlooker.ts'

const tags = ['Customers']
const params = Type.Object({ id: Id })

/** Companies, for whoever sees one of their people. */
export function addCompanyRoutes(app: App, house: House): void {
  const { db } = house

  app.get(
    '/api/v1/companies',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Companies by a part of name or domain',
        tags,
        querystring: Type.Object({ q: Type.Optional(Type.String({ maxLength: 200 })), ...PageQuery }),
        response: { 200: CompanyPage },
      },
    },
    async (request) => {
      const { limit = 50, ...asked } = request.query
      return findCompanies(db, await onlookerOf(db, request), { ...asked, limit })
    },
  )
  app.get(
    '/api/v1/companies/:id',
    {
      config: { who: 'agent' },
      schema: { summary: 'One company', tags, params, response: { 200: Company } },
    },
    async (request) => showCompany(db, await onlookerOf(db, request), request.params.id),
  )
  app.patch(
    '/api/v1/companies/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'Its name and its domains',
        description:
          'A domain that is taken away is no company’s from then on: people may share it for other reasons.',
        tags,
        params,
        body: CompanyInput,
        response: { 200: Company },
      },
    },
    async (request) =>
      inTransaction(db, async (tx) => {
        const onlooker = await onlookerOf(tx, request)
        await showCompany(tx, onlooker, request.params.id)
        await changeCompany(tx, request.params.id, request.body, byCaller(house, request))
        return showCompany(tx, { ...onlooker, everything: true }, request.params.id)
      }),
  )
}
