import Type, { type Static } from 'typebox'
import { Id } from '../../shared/wire.ts'

/** A file just uploaded: it belongs to nothing yet. */
export const Upload = Type.Object({
  id: Id,
  name: Type.String(),
  type: Type.String({ description: 'media type, as declared' }),
  size: Type.Integer({ description: 'bytes' }),
})
export type Upload = Static<typeof Upload>
