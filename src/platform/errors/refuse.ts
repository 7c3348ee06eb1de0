// Refusals: one table code → status. The words live in src/shared/texts/<language>/errors.json under the same code.
export const refusals = {
  malformed: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  wrong_signature: 401,
  forbidden: 403,
  not_yours: 403,
  sealed: 403,
  wrong_origin: 403,
  not_found: 404,
  stale: 409,
  repeated: 409,
  already_sending: 409,
  in_undo_window: 409,
  in_flight: 409,
  being_written: 409,
  draft_changed: 409,
  changed_since: 409,
  setup_done: 409,
  mail_settled: 409,
  mail_withheld: 409,
  mail_gone: 409,
  already_asked: 409,
  outside_address: 409,
  conversation_closed: 409,
  conversation_merged: 409,
  taken: 409,
  in_use: 409,
  last_admin: 409,
  too_large: 413,
  invalid: 422,
  last_seen_required: 422,
  key_reused: 422,
  channel_limit: 422,
  no_recipient: 422,
  too_often: 429,
  not_ready: 503,
} as const
export type RefusalCode = keyof typeof refusals

/** A field that cannot be taken as it is; `code` and `params` become words at the edge, in the reader's language. */
export interface FieldError {
  field: string
  code: string
  params?: Record<string, unknown>
}

export class Refusal extends Error {
  readonly code: RefusalCode
  readonly params: Record<string, unknown>
  readonly errors: FieldError[]
  /** members added to the problem document, e.g. `newer` of `stale` */
  readonly extra: Record<string, unknown>
  constructor(
    code: RefusalCode,
    {
      params = {},
      errors = [],
      extra = {},
    }: { params?: Record<string, unknown>; errors?: FieldError[]; extra?: Record<string, unknown> } = {},
  ) {
    super(code)
    this.code = code
    this.params = params
    this.errors = errors
    this.extra = extra
  }
  get status(): number {
    return refusals[this.code]
  }
}

export function refuse(
  code: RefusalCode,
  details: { params?: Record<string, unknown>; errors?: FieldError[]; extra?: Record<string, unknown> } = {},
): never {
  throw new Refusal(code, details)
}
/** 422 for one field. */
export function refuseField(field: string, code: string, params: Record<string, unknown> = {}): never {
  throw new Refusal('invalid', { errors: [{ field, code, params }] })
}

/** What a check refuses about fields (422), as a list; every other error goes on. */
export async function errorsOf(check: () => unknown): Promise<FieldError[]> {
  try {
    await check()
    return []
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid') return error.errors
    throw error
  }
}

/** Whether a field of a body that may be anything holds nothing but space. */
export const isBlank = (given: unknown) => typeof given === 'string' && given.trim() === ''
/** Of these fields of such a body those that must not be blank and are. */
export const blankIn = (body: Record<string, unknown>, ...fields: string[]): FieldError[] =>
  fields.filter((field) => isBlank(body[field])).map((field) => ({ field, code: 'required' }))
