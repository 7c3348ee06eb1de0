import Type, { type Static } from 'typebox'
import { Id, Nullable } from '../../shared/wire.ts'

/** A file just uploaded: it belongs to nothing yet. */
export const Upload = Type.Object({
  id: Id,
  name: Type.String(),
  type: Type.String({ description: 'media type, as declared' }),
  size: Type.Integer({ description: 'bytes' }),
})
export type Upload = Static<typeof Upload>

// What a file says, for those who only want to look: never the file itself, only words.
const cut = Type.Boolean({ description: 'there is more in the file' })
const TextPreview = Type.Object({ kind: Type.Literal('text'), text: Type.String(), cut })
const TablePreview = Type.Object({
  kind: Type.Literal('table'),
  rows: Type.Array(Type.Array(Type.String())),
  cut,
})
const MailPreview = Type.Object({
  kind: Type.Literal('mail'),
  from: Type.String(),
  to: Type.String(),
  cc: Type.String(),
  subject: Type.String(),
  date: Nullable(Type.String()),
  text: Type.String(),
  cut,
  attachments: Type.Array(Type.Object({ name: Type.String(), size: Type.Integer() })),
})
export const CalendarEvent = Type.Object({
  summary: Type.String(),
  /** ISO 8601; a date alone for whole days; local without a zone where the calendar names one of its own */
  start: Nullable(Type.String()),
  end: Nullable(Type.String()),
  zone: Nullable(Type.String()),
  location: Type.String(),
  description: Type.String(),
  organizer: Type.String(),
  attendees: Type.Array(Type.String()),
})
export type CalendarEvent = Static<typeof CalendarEvent>
const CalendarPreview = Type.Object({
  kind: Type.Literal('calendar'),
  method: Nullable(Type.String({ description: 'REQUEST, CANCEL, REPLY …' })),
  events: Type.Array(CalendarEvent),
})
export const Preview = Type.Union([TextPreview, TablePreview, MailPreview, CalendarPreview])
export type Preview = Static<typeof Preview>
