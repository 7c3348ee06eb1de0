import { chosenZone } from '#console/zone.ts'

/** "Mon, 23 Nov, 09:00 GMT+1": a time to come, with the zone it is told in. */
export const zonedTime = (at: string, language: string): string =>
  new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    timeZone: chosenZone(),
  }).format(new Date(at))
