// What the page's own thread works, whatever else the machine does: its processor time, from Chromium's trace.
import type { BenchDesk } from './open-desk.ts'

interface TraceEvent {
  name: string
  cat: string
  ph: string
  pid: number
  tid: number
  /** µs: the clock, and the thread's own time */
  ts: number
  tts?: number
  tdur?: number
}

/** Traces the page while the work is done. Only one at a time. */
export async function traced({ browser, page }: BenchDesk, work: () => Promise<void>): Promise<TraceEvent[]> {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] })
  await page.evaluate(() => performance.mark('page'))
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
    traceEvents: TraceEvent[]
  }
  return traceEvents.sort((a, b) => a.ts - b.ts)
}

const isMark = ({ cat }: TraceEvent) => cat.includes('blink.user_timing')

/** ms of the thread between each `performance.mark('began')` and the `performance.mark('painted')` after it. */
export function between(events: TraceEvent[]): number[] {
  const marks = events.filter((each) => isMark(each) && ['began', 'painted'].includes(each.name))
  return marks.flatMap((mark, at) => {
    const next = marks[at + 1]
    return mark.name === 'began' && next?.name === 'painted'
      ? [((next.tts ?? Number.NaN) - (mark.tts ?? Number.NaN)) / 1000]
      : []
  })
}

/** ms of the thread for each of the page's tasks. */
export function tasks(events: TraceEvent[]): number[] {
  const page = events.find((each) => isMark(each) && each.name === 'page')
  return events
    .filter(
      ({ name, ph, pid, tid }) =>
        ph === 'X' && name.endsWith('::RunTask') && pid === page?.pid && tid === page.tid,
    )
    .map(({ tdur }) => (tdur ?? 0) / 1000)
}
