import Type from 'typebox'
import { decodeText } from '#channels/email/read/charset.ts'
import { createReaderPool, type ReaderPool } from '#channels/email/read/reader-pool.ts'
import { Preview } from '#features/attachments/attachments.contract.ts'
import { beginning, visibleFile } from '#features/attachments/attachments.ts'
import { sees } from '#features/conversations/conversations.ts'
import { refuse } from '#platform/errors/refuse.ts'
import type { House } from '#platform/house.ts'
import { type App, callerOf } from '#platform/http/http.ts'
import { previewKind } from '#shared/text/preview-kind.ts'
import { Id } from '../../shared/wire.ts'
import { calendarOf } from './calendar.ts'
import { mailPreview } from './mail-preview.ts'
import { tableOf } from './table.ts'

/** bytes of a text that are shown */
const mostText = 300_000
/** bytes of a mail within a mail */
const mostMail = 20 * 1024 * 1024

/** What is in a file, as words: nobody needs to save a stranger's file to see what it says. */
export function addPreviewRoutes(app: App, house: House): void {
  const { db, files } = house
  let reader: ReaderPool | undefined
  app.addHook('onClose', async () => reader?.close())

  app.get(
    '/api/v1/attachments/:id/preview',
    {
      config: { who: 'agent' },
      schema: {
        summary: 'What a text, table, mail or calendar file says; 404 for all else',
        tags: ['Attachments'],
        params: Type.Object({ id: Id }),
        response: { 200: Preview },
      },
    },
    async (request, reply): Promise<Preview> => {
      const file = await visibleFile(db, request.params.id, callerOf(request).id, sees, house.clock.now())
      const kind = previewKind(file)
      const size = Number(file.size)
      void reply.header('cache-control', 'private, max-age=3600')
      if (kind === 'mail' && size <= mostMail) {
        reader ??= createReaderPool({ threads: 1, idleMs: 60_000 })
        const read = await reader.read(await files.read(file.file), { take: true })
        if (read.ok) return mailPreview(read.mail)
      }
      if (kind === null || kind === 'picture' || kind === 'pdf') return refuse('not_found')
      const bytes = await beginning(files, file.file, mostText)
      // Zeros are in no text: it is something else that only calls itself so.
      if (bytes.subarray(0, 8000).includes(0) && bytes[0] !== 0xff && bytes[0] !== 0xfe)
        return refuse('not_found')
      const text = decodeText(bytes, charsetOf(file.type)).replaceAll('\0', '')
      const cut = size > mostText
      if (kind === 'calendar') {
        const calendar = calendarOf(text)
        if (calendar.events.length > 0) return calendar
      }
      return kind === 'table' ? tableOf(text, cut) : { kind: 'text', text, cut }
    },
  )
}

const charsetOf = (type: string): string | null => /charset="?([\w.:-]{1,40})/i.exec(type)?.[1] ?? null
