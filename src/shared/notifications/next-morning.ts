const day = 86_400_000
/** When a day of work begins, by the clock on the wall; hours. */
export const morning = 8

/** The next morning in a time zone, the same day where it is still night; a zone nobody knows is UTC. */
export function nextMorning(now: Date, zone: string): Date {
  const wall = clockOf(zone)
  const here = wall(now.getTime())
  const today = Math.floor(here / day) * day + morning * 3_600_000
  const wanted = today > here ? today : today + day
  // The clock may be turned in between: asked once more at the moment found.
  const found = wanted - (here - now.getTime())
  return new Date(wanted - (wall(found) - found))
}

/** What the wall says at a moment, as if it were UTC; ms. */
function clockOf(zone: string): (time: number) => number {
  const format = formatOf(zone)
  return (time) => {
    const part = Object.fromEntries(
      format.formatToParts(time).map(({ type, value }) => [type, Number(value)]),
    )
    const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = part
    return Date.UTC(year, month - 1, date, hour, minute, second)
  }
}
function formatOf(zone: string): Intl.DateTimeFormat {
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const
  const all = { ...parts, minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const
  try {
    return new Intl.DateTimeFormat('en-US', { ...all, timeZone: zone })
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...all, timeZone: 'UTC' })
  }
}
