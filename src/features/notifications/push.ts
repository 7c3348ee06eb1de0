// One piece of news to one browser of its reader. What he has read meanwhile, or may not see any more, is not sent.
import { after, days } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/db.ts'
import { openDns } from '#platform/dns/dns.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { postOutside } from '#platform/outside/post-outside.ts'
import { text } from '#platform/texts/texts.ts'
import { wantsWords } from '#shared/notifications/choices.ts'
import { settingsOf } from '../agents/agents.ts'
import { devicesOf, noteEnded, notePushed, type OpenDevice } from './devices.ts'
import { encryptPush, pushAuthorization } from './encrypt-push.ts'
import { type NewsRow, waitingNews } from './list.ts'
import type { PushWords } from './notifications.contract.ts'
import { pushKeys } from './push-keys.ts'
import { newsWords, wordsOf } from './words.ts'

export interface PushOptions {
  /** which addresses may be reached; tests reach their own servers */
  mayReach?: (address: string) => boolean
}

/** The job: throws when a push service could not be reached, and is tried again. */
export async function pushNotification(
  house: House,
  { notification: id, device }: { notification: string; device: string },
  options: PushOptions = {},
): Promise<void> {
  const { db, secrets, clock } = house
  const owner = await db
    .selectFrom('notifications')
    .select(['agent', 'at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!owner || owner.at < after(clock.now(), -days(1))) return
  const [news] = await waitingNews(db, owner.agent, 'browser', { only: { id } })
  if (!news) return
  const open = await devicesOf(db, secrets, owner.agent, clock.now())
  const meant = open.find((each) => each.id === device)
  if (meant) await pushTo(house, meant, await pushWords(db, owner.agent, news), options)
}

async function pushWords(db: Db, agent: string, news: NewsRow): Promise<PushWords> {
  const { language, notifications } = await settingsOf(db, agent)
  const told = wantsWords(notifications, 'browser')
  return {
    title: newsWords(language, news, told),
    body: told ? await wordsOf(db, news) : text(language, 'notifications:number', { number: news.number }),
    tag: `conversation-${news.number}`,
    path: `/conversations/${news.number}${news.item ? `?around=${news.item}` : ''}`,
  }
}

/** For the button in the settings. 404 for what is not one's own. */
export async function pushTest(
  house: House,
  agent: { id: string; language: string },
  device: string,
  options: PushOptions = {},
): Promise<'sent' | 'gone' | 'failed'> {
  const known = await devicesOf(house.db, house.secrets, agent.id, house.clock.now())
  const open = known.find(({ id }) => id === device) ?? refuse('not_found')
  const say = (key: string) => text(agent.language, `notifications:test.${key}`)
  const words = {
    title: say('title'),
    body: say('body'),
    tag: 'test',
    path: '/settings/notifications',
    test: true,
  }
  return pushTo(house, open, words, options).catch(() => 'failed' as const)
}

async function pushTo(house: House, device: OpenDevice, words: PushWords, { mayReach }: PushOptions) {
  const { db, secrets, clock, url } = house
  const keys = await pushKeys(db, secrets, clock.now())
  const status = await postOutside(device.endpoint, {
    dns: openDns(house.config),
    timeout: 10_000,
    mayReach,
    body: encryptPush(Buffer.from(JSON.stringify(words)), device.keys),
    headers: {
      authorization: pushAuthorization(device.endpoint, keys, url, clock.now()),
      'content-type': 'application/octet-stream',
      'content-encoding': 'aes128gcm',
      ttl: '86400',
      urgency: 'high',
    },
  })
  // RFC 8030, 7.3: the subscription is no more.
  if (status === 404 || status === 410) {
    await noteEnded(db, device.id, clock.now())
    return 'gone' as const
  }
  if (status >= 400) throw new Error(`the push service answered ${status}`)
  await notePushed(db, device.id, clock.now())
  return 'sent' as const
}
