import type { IncomingAttachment, IncomingMessage } from '#channels/channel.ts'
import { nameFiles } from '#features/attachments/attachments.ts'
import type { House } from '#platform/house.ts'

export type KeptAttachment = Omit<IncomingAttachment, 'bytes'> & { file: Buffer; size: number }

/** The attachments as files of their own, before the transaction that names them. */
export async function keepAttachments(
  house: House,
  { attachments }: IncomingMessage,
): Promise<KeptAttachment[]> {
  if (attachments.length === 0) return []
  const kept: KeptAttachment[] = []
  // One after the other: a mail of a thousand pictures does not take every file handle.
  for (const { bytes, ...attachment } of attachments)
    kept.push({ ...attachment, file: await house.files.keep(bytes), size: bytes.length })
  const files = kept.map(({ file, size }) => ({ sha256: file, size }))
  await nameFiles(house.db, files, house.clock.now())
  return kept
}
