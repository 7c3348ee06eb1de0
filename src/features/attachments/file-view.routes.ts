import { once } from 'node:events'
import { Readable } from 'node:stream'
import Type from 'typebox'
import { refuse } from '#platform/errors/refuse.ts'
import type { FileStore } from '#platform/files/files.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { Id } from '../../shared/wire.ts'
import { contentDisposition } from './disposition.ts'
import { isShowable, pictureSize } from './picture-size.ts'
import { pictureType } from './picture-type.ts'
import { type Sees, visibleFile, visibleFilesOf } from './visible-file.ts'
import { distinct, type ZipEntry, zip } from './zip.ts'

/** bytes of a picture that is shown in place */
const largestPicture = 30 * 1024 * 1024
/** where a picture's head has said its size, at the latest: behind a long EXIF */
const head = 1024 * 1024
/** bytes of all files in one ZIP */
const largestZip = 500 * 1024 * 1024
const tags = ['Attachments']
const binary = { 200: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) }

/** Files as one looks at them: in place where the bytes themselves say that it is harmless; all at once in a ZIP. */
export function addFileViewRoutes(app: App, house: House, sees: Sees): void {
  const { db, files, clock } = house

  app.get(
    '/api/v1/attachments/:id/view',
    {
      config: { who: 'agent' },
      schema: {
        summary:
          'A picture or PDF to be shown in place; 404 for all else, and for pictures that unpack to too much',
        tags,
        params: Type.Object({ id: Id }),
        response: binary,
      },
    },
    async (request, reply) => {
      const file = await visibleFile(db, request.params.id, callerOf(request).id, sees, clock.now())
      const type = shownAs(await beginning(files, file.file, head), Number(file.size))
      if (!type) return refuse('not_found')
      return reply
        .headers({ ...headersOf(type, file.name), 'content-length': file.size })
        .send(files.stream(file.file))
    },
  )

  app.get(
    '/api/v1/items/:id/attachments',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'All files of a message or comment in one ZIP',
        tags,
        params: Type.Object({ id: Id }),
        response: binary,
      },
    },
    async (request, reply) => {
      const all = await visibleFilesOf(db, request.params.id, callerOf(request).id, sees)
      if (all.reduce((sum, { size }) => sum + Number(size), 0) > largestZip) refuse('too_large')
      const names = distinct(all.map(({ name }) => name))
      async function* entries(): AsyncGenerator<ZipEntry> {
        // One after the other: no more than one file is held in memory.
        for (const [at, { file, created_at }] of all.entries())
          yield { name: names[at]!, bytes: await files.read(file), at: created_at }
      }
      return reply
        .headers({
          'content-type': 'application/zip',
          'content-disposition': contentDisposition('attachment', `files-${request.params.id}.zip`),
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-store',
        })
        .send(Readable.from(zip(entries())))
    },
  )
}

/** The type by what the bytes are, whatever was declared. */
function shownAs(bytes: Buffer, size: number): string | null {
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf'
  const type = pictureType(bytes)
  return type && size <= largestPicture && isShowable(pictureSize(type, bytes)) ? type : null
}

/** The first bytes of a file, without reading the rest. */
export async function beginning(files: FileStore, sha256: Uint8Array, most: number): Promise<Buffer> {
  const stream = files.stream(sha256)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= most) break
  }
  if (!stream.closed) {
    stream.destroy()
    await once(stream, 'close')
  }
  return Buffer.concat(chunks).subarray(0, most)
}

/** A PDF is shown by the browser's own viewer, which a sandbox would switch off; it may load and reach nothing. */
const headersOf = (type: string, name: string) => ({
  'content-type': type,
  'content-disposition': contentDisposition('inline', name),
  'content-security-policy':
    type === 'application/pdf'
      ? "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
      : "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, max-age=86400',
})
