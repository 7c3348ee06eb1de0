// Who works at the demo desk and what customers write to. What is there already (by name or address) is taken as it is.
import { randomBytes } from 'node:crypto'
import { agentByAddress, isSetUp } from '#features/agents/agents.ts'
import { addInbox } from '#features/inboxes/inboxes.ts'
import { addMember, setUp } from '#features/sign-in/sign-in.ts'
import { addTeam } from '#features/teams/teams.ts'
import { type Db, inTransaction } from '#platform/db/db.ts'
import { type By, system } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'

export const teamNames = ['Support', 'Billing', 'Delivery'] as const
export type TeamName = (typeof teamNames)[number]
export interface DemoAgent {
  id: string
  name: string
  address: string
  team: TeamName
}
export interface Cast {
  teams: Record<TeamName, string>
  inboxes: { id: string; address: string; team: TeamName }[]
  /** whoever looks at the desk (its first administrator) comes last */
  agents: DemoAgent[]
}

const people: { name: string; address: string; team: TeamName }[] = [
  { name: 'Ingrid Solberg', address: 'ingrid@example.com', team: 'Support' },
  { name: 'Тимур Ахметов', address: 'timur@example.com', team: 'Support' },
  { name: 'Adaeze Okonkwo', address: 'adaeze@example.com', team: 'Support' },
  { name: 'Ștefan Ionescu', address: 'stefan@example.com', team: 'Billing' },
  { name: 'Мария Ковалёва', address: 'maria@example.com', team: 'Billing' },
  { name: '佐藤 健', address: 'ken@example.com', team: 'Delivery' },
  { name: 'Батбаяр Энхтуяа', address: 'enkhtuya@example.com', team: 'Delivery' },
  { name: 'Lucía Fernández-Ruiz', address: 'lucia@example.com', team: 'Support' },
]
/** The Support team's own comes first. */
const inboxes: { name: string; address: string; team: TeamName; own?: true; signature: string }[] = [
  { name: 'Support', address: 'support@example.com', team: 'Support', signature: 'Your Support team' },
  {
    name: 'Оплата и счета',
    address: 'billing@example.com',
    team: 'Billing',
    own: true,
    signature: 'Ваш отдел расчётов',
  },
  { name: 'Delivery', address: 'delivery@example.com', team: 'Delivery', signature: 'The delivery desk' },
  {
    name: 'Wholesale',
    address: 'wholesale@example.com',
    team: 'Support',
    signature: 'The wholesale desk',
  },
]

/** @returns the password of the demo's administrator, where the desk had none */
export async function setUpIfEmpty(house: House) {
  if (await isSetUp(house.db)) return null
  const admin = { name: 'Demo', address: 'demo@example.com', password: randomBytes(9).toString('base64url') }
  await setUp(house, {
    ...admin,
    language: 'en',
    inboxName: inboxes[0]!.name,
    inboxAddress: inboxes[0]!.address,
  })
  return admin
}

export async function makeCast(house: House): Promise<Cast> {
  return inTransaction(house.db, async (tx) => {
    const by: By = { at: house.clock.now(), actor: system }
    const teams = {} as Cast['teams']
    for (const name of teamNames)
      teams[name] = (await teamNamed(tx, name)) ?? (await addTeam(tx, by, { name }))
    const agents: DemoAgent[] = []
    for (const person of people) {
      const known = await agentByAddress(tx, person.address)
      const id =
        known?.id ??
        (await addMember(house, tx, by, { ...person, teams: [teams[person.team]], password: null }))
      agents.push({ ...person, id })
    }
    const me = await firstAdmin(tx)
    if (me) agents.push(me)
    const doors: Cast['inboxes'] = []
    for (const { name, address, team, own, signature } of inboxes) {
      const known = await inboxAt(tx, address)
      const place = { name, address, signature, team: teams[team], teams: own ? [teams[team]] : null }
      doors.push({ id: known ?? (await addInbox(tx, by, place)), address, team })
    }
    return { teams, inboxes: doors, agents }
  })
}

async function firstAdmin(tx: Db): Promise<DemoAgent | null> {
  const row = await tx
    .selectFrom('agents')
    .select(['id', 'name', 'address'])
    .where('role', '=', 'admin')
    .where('removed_at', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
  return row ? { ...row, team: 'Support' } : null
}

async function teamNamed(db: Db, name: string): Promise<string | null> {
  const row = await db
    .selectFrom('teams')
    .select('id')
    .where((on) => on(on.fn('lower', ['name']), '=', name.toLowerCase()))
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}
async function inboxAt(db: Db, address: string): Promise<string | null> {
  const row = await db
    .selectFrom('inboxes')
    .select('id')
    .where('address', '=', address)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}
