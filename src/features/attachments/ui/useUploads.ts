import i18next from 'i18next'
import { useEffect, useMemo, useRef, useState } from 'react'
import { reasonOf } from '#console/api/ApiError.ts'
import { useMe } from '#console/api/me.ts'
import { lineBack } from '#console/live/useLive.ts'
import { dropKept, keepFile, keptFiles } from '#console/offline/keptFiles.ts'
import { isAway } from '#console/offline/waiting.ts'
import { sizeWords } from '#console/time.ts'
import type { Attachment } from '#features/conversations/conversations.contract.ts'
import { bringKept } from './bringKept.ts'
import { holdKept } from './holdKept.ts'
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
  /** Whether it would outlive a reload; full: it should, and there is no room. */
  kept: 'yes' | 'no' | 'full'
}
/** Where a file is kept in this browser, and how to let go of it. */
interface Keeping {
  id: number
  free: () => void
}
let nextKey = 1
/** bytes; what the server takes of one file */
export const largest = 50 * 1024 * 1024

/**
 * Files on their way. What has arrived is handed over and leaves this list.
 * @param box what they are for: chosen without a line they are kept under this name, and found again after a reload
 */
export function useUploads(onArrived: (attachment: Attachment) => void, box?: string) {
  const me = useMe().id
  const [uploads, setUploads] = useState<Upload[]>([])
  const aborts = useRef(new Map<number, AbortController>())
  const files = useRef(new Map<number, File>())
  const keeping = useRef(new Map<number, Keeping>())
  const arrived = useRef(onArrived)
  arrived.current = onArrived
  const acts = useMemo(() => {
    const change = (key: number, part: Partial<Upload> | null) =>
      setUploads((all) =>
        all.flatMap((each) => (each.key !== key ? [each] : part === null ? [] : [{ ...each, ...part }])),
      )
    const keep = async (key: number, file: File, abort: AbortController) => {
      if (!box || keeping.current.has(key)) return
      const id = await keepFile(me, box, file)
      const free = id === null ? null : await holdKept(id)
      if (id === null || !free) return change(key, { kept: 'full' })
      if (abort.signal.aborted) return letGo({ id, free })
      keeping.current.set(key, { id, free })
      change(key, { kept: 'yes' })
    }
    const unkeep = (key: number) => {
      const kept = keeping.current.get(key)
      keeping.current.delete(key)
      if (kept) letGo(kept)
    }
    /** @param inline it will stand between the words */
    const bring = async (key: number, file: File, inline: boolean): Promise<Attachment | null> => {
      const abort = new AbortController()
      aborts.current.set(key, abort)
      for (;;) {
        change(key, { progress: 0, error: null, waits: false })
        try {
          const attachment = await upload(file, (progress) => change(key, { progress }), abort.signal)
          arrived.current({ ...attachment, inline })
          unkeep(key)
          change(key, null)
          return attachment
        } catch (error) {
          const waits = isAway(error)
          change(key, waits ? { waits } : { error: reasonOf(error) })
          if (!waits) {
            unkeep(key)
            return null
          }
          await keep(key, file, abort)
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
        { key, name: file.name, progress: 0, error, again: !tooLarge, waits: false, kept: 'no' },
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
        unkeep(key)
        change(key, null)
      },
      /** What was kept for this box before a reload. */
      takeUp: async () => {
        if (!box) return
        for (const { id, file } of await keptFiles(me, box)) {
          const free = await holdKept(id)
          if (!free) continue
          const key = nextKey++
          keeping.current.set(key, { id, free })
          files.current.set(key, file)
          const row = { key, name: file.name, progress: 0, error: null, again: true, waits: true }
          setUploads((all) => [...all, { ...row, kept: 'yes' }])
          void bring(key, file, false)
        }
      },
      /** The box is left: what is kept is brought up without it. */
      leave: () => {
        for (const [key, { free }] of keeping.current) {
          aborts.current.get(key)?.abort()
          free()
        }
        if (keeping.current.size > 0) void bringKept(me)
        keeping.current.clear()
      },
    }
  }, [me, box])
  useEffect(() => {
    void acts.takeUp()
    return acts.leave
  }, [acts])
  return { uploads, ...acts }
}
export type Uploads = ReturnType<typeof useUploads>

/** A house that is just starting has its line before it takes everything. */
const pause = () => new Promise((resolve) => window.setTimeout(resolve, 2000))

function letGo({ id, free }: Keeping): void {
  void dropKept(id).then(free)
}

const tooLargeWords = (file: File) =>
  i18next.t('composer:fileTooLarge', {
    size: sizeWords(file.size, i18next.language),
    most: sizeWords(largest, i18next.language),
  })
