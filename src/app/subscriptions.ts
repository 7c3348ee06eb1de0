import { companyFollower } from '#features/customers/found-companies.ts'
import { joinFollower } from '#features/customers/join-proved.ts'
import { notificationFollower } from '#features/notifications/notifications.ts'
import { factsFollower } from '#features/numbers/numbers.ts'
import { searchFollower } from '#features/search/search.ts'
import { spamFollower } from '#features/spam/spam.ts'
import { tagFollower } from '#features/views/views.ts'
import { acknowledgeFollower } from '#flows/acknowledge/acknowledge.ts'
import type { Follower } from '#platform/events/follow.ts'
import type { House } from '#platform/house.ts'

/**
 * What reacts to events, each at its own place in the stream: search, notifications, webhooks, rules. The change
 * itself knows none of them.
 */
export function followers(house: House): Record<string, Follower> {
  return {
    search: searchFollower,
    companies: companyFollower,
    joins: joinFollower,
    tags: tagFollower,
    acknowledgements: acknowledgeFollower,
    facts: factsFollower,
    spam: spamFollower(house.secrets),
    notifications: notificationFollower(house.clock),
  }
}
