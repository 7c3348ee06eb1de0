import i18next from 'i18next'
import { useMemo, useRef, useState } from 'react'
import { reasonOf } from '#console/api/ApiError.ts'
import { lineBack } from '#console/live/useLive.ts'
import { isAway } from '#console/offline/waiting.ts'
import { sizeWords } from '#console/time.ts'
import type { Attachment } from '#features/conversations/conversations.contract.ts'
import { upload } from './upload.ts'

export interface Upload {
  key: number
  name: string
  progress: number
  error: string | null
  /** It may be tried again as it is. */
  again: boolean
  /** The server cannot be reached: it goes up by itself when it can, wherever one is in the desk by then. */
  waits: boolean
}
let nextKey = 1
/** bytes; what the server takes of one file */
export const largest = 50 * 1024 * 1024

/** Files on their way. What has arrived is handed over and leaves this list. */
export function useUploads(onArrived: (attachment: Attachment) => void) {
  const [uploads, setUploads] = useState<Upload[]>([])
  const aborts = useRef(new Map<number, AbortController>())
  const files = useRef(new Map<number, File>())
  const arrived = useRef(onArrived)
  arrived.current = onArrived
  const acts = useMemo(() => {
    const change = (key: number, part: Partial<Upload> | null) =>
      setUploads((all) =>
        all.flatMap((each) => (each.key !== key ? [each] : part === null ? [] : [{ ...each, ...part }])),
      )
    /** @param inline it will stand between the words */
    const bring = async (key: number, file: File, inline: boolean): Promise<Attachment | null> => {
      const abort = new AbortController()
      aborts.current.set(key, abort)
      for (;;) {
        change(key, { progress: 0, error: null, waits: false })
        try {
          const attachment = await upload(file, (progress) => change(key, { progress }), abort.signal)
          arrived.current({ ...attachment, inline })
          change(key, null)
          return attachment
        } catch (error) {
          const waits = isAway(error)
          change(key, waits ? { waits } : { error: reasonOf(error) })
          if (!waits) return null
          await pause()
          await lineBack()
          if (abort.signal.aborted) return null
        }
      }
    }
    const add = (file: File, inline: boolean): Promise<Attachment | null> => {
      const key = nextKey++
      const tooLarge = file.size > largest
      const error = tooLarge ? tooLargeWords(file) : null
      setUploads((all) => [
        ...all,
        { key, name: file.name, progress: 0, error, again: !tooLarge, waits: false },
      ])
      if (tooLarge) return Promise.resolve(null)
      files.current.set(key, file)
      return bring(key, file, inline)
    }
    return {
      add: (list: Iterable<File>) => {
        for (const file of list) void add(file, false)
      },
      /** Answers the picture, or null when it did not arrive. */
      addPicture: (file: File) => add(file, true),
      again: (key: number) => {
        const file = files.current.get(key)
        if (file) void bring(key, file, false)
      },
      drop: (key: number) => {
        aborts.current.get(key)?.abort()
        files.current.delete(key)
        change(key, null)
      },
    }
  }, [])
  return { uploads, ...acts }
}
export type Uploads = ReturnType<typeof useUploads>

/** A house that is just starting has its line before it takes everything. */
const pause = () => new Promise((resolve) => window.setTimeout(resolve, 2000))

const tooLargeWords = (file: File) =>
  i18next.t('composer:fileTooLarge', {
    size: sizeWords(file.size, i18next.language),
    most: sizeWords(largest, i18next.language),
  })
