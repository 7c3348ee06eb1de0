import { ApiError } from '#console/api/ApiError.ts'
import { newKey } from '#console/api/request.ts'
import type { Attachment } from '#features/conversations/conversations.contract.ts'

/** Sends one file; fetch can't tell how far it is, so this is the older way. `progress` from 0 to 1. */
export function upload(
  file: File,
  progress: (done: number) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open('POST', '/api/v1/attachments')
    sending.setRequestHeader('idempotency-key', newKey())
    sending.responseType = 'json'
    sending.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total)
    sending.onload = () => {
      if (sending.status < 300) resolve({ inline: false, ...sending.response })
      else reject(new ApiError(sending.status, sending.response ?? {}))
    }
    sending.onerror = () => reject(new ApiError(0, { code: 'offline' }))
    signal.addEventListener('abort', () => sending.abort())
    const form = new FormData()
    form.append('file', file, file.name)
    sending.send(form)
  })
}
