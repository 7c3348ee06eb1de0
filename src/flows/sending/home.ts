import { type RawBuilder, sql } from 'kysely'

/**
 * The conversation a message of ours was written in, where that was merged since: the one its customer belongs to.
 * @param before the message's position; a place where nothing stands is the conversation's own
 */
export const homeOf = ({
  conversation,
  before,
  home = null,
}: {
  conversation: string
  before: number
  home?: string | null
}): RawBuilder<string> => sql<string>`coalesce(${home}::bigint,
  (select o.origin from messages o where o.conversation = ${conversation} and o.position = ${before}),
  (select o.origin from comments o where o.conversation = ${conversation} and o.position = ${before}),
  ${conversation}::bigint)`
