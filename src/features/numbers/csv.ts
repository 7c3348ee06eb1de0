// Tables for spreadsheets, RFC 4180, with a byte order mark so that they read Cyrillic. A cell that begins like a
// formula gets an apostrophe before it: what a stranger wrote as a subject must not be worked out by a spreadsheet.

export type Cell = string | number | null

const formula = /^[=+\-@\t\r]/

function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = formula.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csv = (head: string[], rows: Cell[][]): string =>
  `\uFEFF${[head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
