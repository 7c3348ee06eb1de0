import type { Connection, SideTest } from '#channels/channel.ts'
import { sendPlusProbe } from '#flows/probe-plus.ts'
import type { House } from '#platform/house.ts'
import { testIn } from './channels.ts'
import type { WaysOut } from './ways-out.ts'

/** Tries both ways of a connection. One that is kept and works also learns whether addresses with a plus arrive. */
export async function testChannel(
  house: House,
  out: WaysOut,
  connection: Connection,
): Promise<{ in: SideTest; out: SideTest }> {
  const [inside, outside] = await Promise.all([testIn(house, connection), out.test(connection)])
  const isKept = connection.id !== '0'
  if (isKept && inside.ok && outside.ok) await sendPlusProbe(house, out.channels, connection)
  return { in: inside, out: outside }
}
