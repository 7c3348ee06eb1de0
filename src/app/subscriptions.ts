import type { StreamEvent } from '#platform/events/events.ts'
import type { House } from '#platform/house.ts'

/** What reacts to events, each from its own position in the stream; the change itself knows none of them. */
export type Subscription = (house: House, event: StreamEvent) => Promise<void>
export const subscriptions: Record<string, { kinds: string[]; react: Subscription }> = {}
