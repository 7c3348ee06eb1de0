const mostRows = 500
const mostColumns = 60
const longestCell = 2000

/** RFC 4180 with the separator a country uses; quotes may hold line ends. Never more than a screenful of rows. */
export function tableOf(text: string, cutBefore: boolean): { kind: 'table'; rows: string[][]; cut: boolean } {
  const separator = separatorOf(text)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    if (row.length < mostColumns) row.push(cell.slice(0, longestCell))
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((one) => one !== '')) rows.push(row)
    row = []
  }
  const clean = text.replace(/^\ufeff/, '')
  let at = 0
  for (; at < clean.length && rows.length < mostRows; at++) {
    const char = clean[at]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (clean[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (char === '"' && cell === '') quoted = true
    else if (char === separator) endCell()
    else if (char === '\n') endRow()
    else if (char !== '\r') cell += char
  }
  if (rows.length < mostRows && (cell !== '' || row.length > 0)) endRow()
  return { kind: 'table', rows, cut: cutBefore || at < clean.length }
}

/** What stands oftenest in the first line, outside of quotes. */
function separatorOf(text: string): string {
  const first = text
    .slice(0, 5000)
    .split('\n')[0]!
    .replace(/"[^"]*"/g, '')
  const count = (char: string) => first.split(char).length
  return [',', ';', '\t', '|'].sort((a, b) => count(b) - count(a))[0]!
}
