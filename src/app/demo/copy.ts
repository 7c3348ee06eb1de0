import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

export type Cell = string | number | boolean | Date | Buffer | null

/** Rows of one table, gathered as the lines of COPY's text format. */
export class Rows {
  readonly table: string
  readonly columns: string[]
  lines: string[] = []
  constructor(table: string, columns: string) {
    this.table = table
    this.columns = columns.split(/[\s,]+/).filter(Boolean)
  }
  add(...cells: Cell[]): void {
    if (cells.length !== this.columns.length)
      throw new Error(`${this.table}: ${cells.length} cells for ${this.columns.length} columns`)
    this.lines.push(`${cells.map(cellText).join('\t')}\n`)
  }
  /** Writes what is gathered and forgets it. */
  async write(client: pg.PoolClient): Promise<number> {
    const { lines } = this
    if (lines.length === 0) return 0
    this.lines = []
    const stream = client.query(from(`copy ${this.table} (${this.columns.join(', ')}) from stdin`))
    await pipeline(Readable.from(inPieces(lines)), stream)
    return lines.length
  }
}

function* inPieces(lines: string[]) {
  for (let i = 0; i < lines.length; i += 500) yield Buffer.from(lines.slice(i, i + 500).join(''))
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
function cellText(cell: Cell): string {
  if (cell === null) return '\\N'
  if (cell instanceof Date) return cell.toISOString()
  if (Buffer.isBuffer(cell)) return `\\\\x${cell.toString('hex')}`
  if (typeof cell === 'string') return cell.replace(/[\\\t\n\r]/g, (char) => escapes[char]!)
  return String(cell)
}
