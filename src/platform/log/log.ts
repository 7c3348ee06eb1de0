/** One line of JSON on stderr per entry; stdout belongs to the lines that scripts wait for. */
export interface Log {
  info(what: string, details?: Record<string, unknown>): void
  warn(what: string, details?: Record<string, unknown>): void
  error(what: string, details?: Record<string, unknown>): void
}

function write(level: string, what: string, details: Record<string, unknown> = {}) {
  const { error, ...rest } = details
  const entry: Record<string, unknown> = { at: new Date().toISOString(), level, what, ...rest }
  if (error instanceof Error) entry.error = level === 'error' ? (error.stack ?? error.message) : error.message
  else if (error !== undefined) entry.error = String(error)
  process.stderr.write(`${JSON.stringify(entry)}\n`)
}

export const log: Log = {
  info: (what, details) => write('info', what, details),
  warn: (what, details) => write('warn', what, details),
  error: (what, details) => write('error', what, details),
}
export const silence: Log = { info() {}, warn() {}, error() {} }
