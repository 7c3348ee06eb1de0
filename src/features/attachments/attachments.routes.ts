import Type from 'typebox'
import type { Db } from '#platform/db/db.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import { fileName } from '#shared/text/file-name.ts'
import { Id } from '../../shared/wire.ts'
import { Upload } from './attachments.contract.ts'
import { headersFor } from './disposition.ts'
import { nameFiles } from './name-files.ts'
import { type Sees, visibleFile } from './visible-file.ts'

/** bytes of one file; mail of this size leaves by few servers anyway */
const largest = 50 * 1024 * 1024
const tags = ['Attachments']

export function addAttachmentRoutes(app: App, house: House, sees: Sees): void {
  const { db, clock, files } = house

  app.post(
    '/api/v1/attachments',
    {
      config: { who: 'agent' },
      schema: {
        summary:
          'Upload a file (multipart field `file`), to be named in a message, comment or draft within a day',
        consumes: ['multipart/form-data'],
        tags,
        response: { 201: Upload },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart()) refuseField('file', 'required')
      const part = await request.file({ limits: { fileSize: largest + 1, files: 1 } })
      if (!part) return refuseField('file', 'required')
      const kept = await files.keepStream(part.file, largest)
      if (!kept) {
        part.file.resume()
        return refuse('too_large')
      }
      const name = fileName(part.filename ?? '') || 'file'
      const type = (part.mimetype || 'application/octet-stream').toLowerCase().slice(0, 200)
      const upload = { ...kept, name, type, agent: callerOf(request).id }
      return answerOnce(house, request, reply, 201, (tx) => addUpload(tx, upload, clock.now()), {
        sha256: kept.sha256.toString('hex'),
        name,
      })
    },
  )

  app.get(
    '/api/v1/attachments/:id',
    {
      config: { who: 'agent' },
      schema: {
        summary:
          'The file itself; only to those who see its conversation (or uploaded it, while it is loose)',
        tags,
        params: Type.Object({ id: Id }),
        response: { 200: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) },
      },
    },
    async (request, reply) => {
      const file = await visibleFile(db, request.params.id, callerOf(request).id, sees, clock.now())
      return reply
        .headers({ ...headersFor(file.name, file.type), 'content-length': file.size })
        .send(files.stream(file.file))
    },
  )
}

interface KeptUpload {
  sha256: Buffer
  size: number
  name: string
  type: string
  agent: string
}
async function addUpload(
  tx: Db,
  { sha256, size, name, type, agent }: KeptUpload,
  now: Date,
): Promise<Upload> {
  await nameFiles(tx, [{ sha256, size }], now)
  const { id } = await tx
    .insertInto('attachments')
    .values({ file: sha256, name, type, size: String(size), uploaded_by: agent, created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, name, type, size }
}
