import { get } from '#console/api/request.ts'
import type { Attachment } from '#features/conversations/conversations.contract.ts'
import { upload } from './upload.ts'

/**
 * Files of a message that was undone, uploaded once more: the first ones belong to the undone message. What can't
 * be had any more is left out.
 */
export async function sendAgain(
  attachments: readonly Attachment[],
): Promise<{ was: string; file: Attachment }[]> {
  const again = await Promise.allSettled(
    attachments.map(async ({ id, name, type, inline }) => {
      const bytes = await get<Blob>(`/attachments/${id}`, { as: 'blob' })
      const file = await upload(new File([bytes], name, { type }), () => {}, new AbortController().signal)
      return { was: id, file: { ...file, inline } }
    }),
  )
  return again.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}
