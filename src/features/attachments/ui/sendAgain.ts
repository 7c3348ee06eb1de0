import { get } from '#console/api/request.ts'
import type { Attachment } from '#features/conversations/conversations.contract.ts'
import { upload } from './upload.ts'

/**
 * Files of a message that was undone, uploaded once more: the first ones belong to the undone message. What can't
 * be had any more is left out.
 */
export async function sendAgain(attachments: readonly Attachment[]): Promise<Attachment[]> {
  const again = await Promise.allSettled(
    attachments.map(async ({ id, name, type }) => {
      const bytes = await get<Blob>(`/attachments/${id}`, { as: 'blob' })
      return upload(new File([bytes], name, { type }), () => {}, new AbortController().signal)
    }),
  )
  return again.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}
