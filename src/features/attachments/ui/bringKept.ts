// Files that were chosen without a line, for boxes nobody has open: they go up when the line is back and hang on the
// draft they were meant for.
import { ApiError, reasonOf } from '#console/api/ApiError.ts'
import { say } from '#console/kit/Toast.tsx'
import { lineBack } from '#console/live/useLive.ts'
import { dropKept, type KeptFile, keptFiles } from '#console/offline/keptFiles.ts'
import { isAway } from '#console/offline/waiting.ts'
import { attach, findKept, type Kind } from '#features/drafts/ui/draftStore.ts'
import { holdKept } from './holdKept.ts'
import { upload } from './upload.ts'

let going = false

export const boxOf = (number: number, kind: Kind): string => `${kind} ${number}`

/** Until the line is back, then each in its turn; what an open box has in its hands is left to it. */
export async function bringKept(agent: string): Promise<void> {
  if (going) return
  going = true
  try {
    for (;;) {
      await lineBack()
      const results = []
      for (const kept of await keptFiles(agent)) results.push(await bring(kept))
      if (!results.includes('away')) return
      // A house that is just starting has its line before it takes everything.
      await new Promise((resolve) => window.setTimeout(resolve, 2000))
    }
  } finally {
    going = false
  }
}

async function bring({ id, agent, box, file }: KeptFile): Promise<'done' | 'away'> {
  const free = await holdKept(id)
  if (!free) return 'done'
  try {
    if (!(await keptFiles(agent)).some((each) => each.id === id)) return 'done'
    const attachment = await upload(file, () => {}, new AbortController().signal)
    const [kind, number] = box.split(' ') as [Kind, string]
    // Words this browser kept for the same draft come first, else they would be written over.
    findKept(Number(number), kind)
    attach(Number(number), kind, { ...attachment, inline: false })
    await dropKept(id)
    return 'done'
  } catch (error) {
    if (isAway(error)) return 'away'
    // Signed out meanwhile: it waits for whoever chose it.
    if (error instanceof ApiError && error.status === 401) return 'done'
    await dropKept(id)
    say(`${file.name}: ${reasonOf(error)}`, { tone: 'broken' })
    return 'done'
  } finally {
    free()
  }
}
