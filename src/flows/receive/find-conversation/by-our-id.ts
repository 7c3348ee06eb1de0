import { readMessageId } from '#channels/email/tokens.ts'
import type { Finder } from './finder.ts'

/** In-Reply-To or References carry a Message-ID of ours with a valid signature; the newest decides. */
export const byOurId: Finder = {
  name: 'our_id',
  signed: true,
  candidates: ({ house, message }) =>
    message.references.flatMap((id) => readMessageId(house.secrets, id)?.conversation ?? []),
}
