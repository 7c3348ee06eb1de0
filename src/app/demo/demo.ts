import type { House } from '#platform/house.ts'
import { readSetting, settleSetting } from '#platform/settings/settings.ts'
import { makeCast, setUpIfEmpty } from './cast.ts'
import { fillSmall } from './fill-small.ts'

/** The small desk, once: a desk in which somebody has written already is left as it is. */
export async function fillWhenEmpty(house: House): Promise<void> {
  if (await house.db.selectFrom('conversations').select('id').limit(1).executeTakeFirst()) return
  const admin = await setUpIfEmpty(house)
  await fillSmall(house, await makeCast(house), 1)
  // Whoever looks at the demo is shown conversations, not chores.
  if (admin) await settleSetting(house.db, 'first_steps.dismissed', { by: 'demo' })
  await settleSetting(house.db, demoMark, { filledAt: house.clock.now().toISOString() })
  if (admin) sayWhoSignsIn(admin)
}

const demoMark = 'demo'
/** Whether the demo made this desk: only then are its customers played. */
export const isDemo = async ({ db }: House) => (await readSetting(db, demoMark)) !== null

/** The only time the password is seen; it stands nowhere. */
export const sayWhoSignsIn = ({ address, password }: { address: string; password: string }) =>
  console.log(`Sign in as ${address} with the password ${password}`)
