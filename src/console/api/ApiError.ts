import i18next from 'i18next'

export interface FieldProblem {
  field: string
  code: string
  text: string
}
interface Problem {
  code?: string
  title?: string
  detail?: string
  errors?: FieldProblem[]
}

/** What the server refused (RFC 9457), or `offline` (status 0) when it could not be reached. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly errors: FieldProblem[]
  /** The whole answer, for codes that carry more, e.g. `stale` with `newer`. */
  readonly body: Record<string, unknown>
  /** Seconds to wait, where the server said so. */
  readonly retryAfter: number | null

  constructor(status: number, problem: Problem & Record<string, unknown>, retryAfter: number | null = null) {
    const code = problem.code ?? (status === 0 ? 'offline' : `http_${status}`)
    super(words(code, problem))
    this.status = status
    this.code = code
    this.errors = problem.errors ?? []
    this.body = problem
    this.retryAfter = retryAfter
  }

  /** The words for one field of a form; nested fields are named with dots or slashes by the server. */
  field(name: string): string | null {
    const plain = (field: string) => field.replace(/^[/.]/, '').replaceAll('/', '.')
    return this.errors.find((error) => plain(error.field) === name)?.text ?? null
  }
}

function words(code: string, problem: Problem): string {
  const own = `console:error.${code}`
  if (i18next.exists(own)) return i18next.t(own)
  return problem.detail ?? problem.title ?? i18next.t('console:errorUnknown')
}

export const codeOf = (error: unknown): string | null => (error instanceof ApiError ? error.code : null)
/** What to say about any error. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) return i18next.t('console:errorUnknown')
  // A place without fields of its own still says what is wrong with which.
  return error.errors.length > 0
    ? [...new Set(error.errors.map(({ text }) => text))].join(' ')
    : error.message
}
