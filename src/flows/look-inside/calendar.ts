// Enough of RFC 5545 to see who invites to what and when. Nothing is answered or stored from it.
import type { CalendarEvent, Preview } from '#features/attachments/attachments.contract.ts'

const mostEvents = 20
const mostPeople = 50
type Calendar = Extract<Preview, { kind: 'calendar' }>
interface Property {
  name: string
  params: Map<string, string>
  value: string
}

export function calendarOf(text: string): Calendar {
  const calendar: Calendar = { kind: 'calendar', method: null, events: [] }
  let event: CalendarEvent | null = null
  let within = 0
  for (const property of propertiesOf(text)) {
    const { name, value } = property
    if (name === 'METHOD') calendar.method = value.toUpperCase().slice(0, 20)
    else if (name === 'BEGIN' && value.toUpperCase() === 'VEVENT') event = nothingKnown()
    else if (name === 'BEGIN' && event) within++
    else if (name === 'END' && event && within > 0) within--
    else if (name === 'END' && event) {
      calendar.events.push(event)
      event = null
      if (calendar.events.length === mostEvents) break
    } else if (event && within === 0) note(event, property)
  }
  return calendar
}

const nothingKnown = (): CalendarEvent => ({
  summary: '',
  start: null,
  end: null,
  zone: null,
  location: '',
  description: '',
  organizer: '',
  attendees: [],
})

function note(event: CalendarEvent, { name, params, value }: Property): void {
  if (name === 'SUMMARY') event.summary = words(value)
  else if (name === 'LOCATION') event.location = words(value)
  else if (name === 'DESCRIPTION') event.description = words(value)
  else if (name === 'ORGANIZER') event.organizer = person(params, value)
  else if (name === 'ATTENDEE' && event.attendees.length < mostPeople)
    event.attendees.push(person(params, value))
  else if (name === 'DTSTART') {
    event.start = moment(value)
    event.zone = params.get('TZID') ?? null
  } else if (name === 'DTEND') event.end = moment(value)
}

/** Lines may be folded (3.1); parameters stand before the colon, some of them in quotes. */
function propertiesOf(text: string): Property[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .slice(0, 5000)
    .flatMap((line) => {
      const [, name, rest, value] =
        /^([\w-]{1,40})((?:;[\w-]{1,40}=(?:"[^"]*"|[^";:]*))*):(.*)$/.exec(line) ?? []
      if (!name || value === undefined) return []
      const params = [...(rest ?? '').matchAll(/;([\w-]+)=(?:"([^"]*)"|([^";:]*))/g)]
      return [
        {
          name: name.toUpperCase(),
          params: new Map(params.map(([, key, quoted, bare]) => [key!.toUpperCase(), quoted ?? bare ?? ''])),
          value,
        },
      ]
    })
}

/** `20261122T090000Z`, `20261122T090000` (in the calendar's zone), `20261122` (the whole day). */
function moment(value: string): string | null {
  const [, year, month, day, hour, minute, zulu] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/.exec(value.trim()) ?? []
  if (!year) return null
  return hour ? `${year}-${month}-${day}T${hour}:${minute}:00${zulu}` : `${year}-${month}-${day}`
}

const words = (value: string): string =>
  value.replace(/\\([nN,;\\])/g, (_, char: string) => (/n/i.test(char) ? '\n' : char)).slice(0, 5000)

function person(params: Map<string, string>, value: string): string {
  const address = value.replace(/^mailto:/i, '')
  const name = params.get('CN')
  return (name && name !== address ? `${name} <${address}>` : address).slice(0, 300)
}
