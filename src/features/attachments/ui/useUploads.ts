import { useRef, useState } from 'react'
import { reasonOf } from '#console/api/ApiError.ts'
import type { Attachment } from '#features/conversations/conversations.contract.ts'
import { upload } from './upload.ts'

export interface Upload {
  key: number
  name: string
  progress: number
  error: string | null
}
let nextKey = 1

/** Files on their way. What has arrived is handed over and leaves this list. */
export function useUploads(onArrived: (attachment: Attachment) => void) {
  const [uploads, setUploads] = useState<Upload[]>([])
  const aborts = useRef(new Map<number, AbortController>())
  const arrived = useRef(onArrived)
  arrived.current = onArrived
  const change = (key: number, part: Partial<Upload> | null) =>
    setUploads((all) =>
      all.flatMap((each) => (each.key !== key ? [each] : part === null ? [] : [{ ...each, ...part }])),
    )
  const send = async (file: File) => {
    const key = nextKey++
    const abort = new AbortController()
    aborts.current.set(key, abort)
    setUploads((all) => [...all, { key, name: file.name, progress: 0, error: null }])
    try {
      arrived.current(await upload(file, (progress) => change(key, { progress }), abort.signal))
      change(key, null)
    } catch (error) {
      change(key, { error: reasonOf(error) })
    }
  }
  return {
    uploads,
    add: (files: Iterable<File>) => {
      for (const file of files) void send(file)
    },
    drop: (key: number) => {
      aborts.current.get(key)?.abort()
      change(key, null)
    },
  }
}
