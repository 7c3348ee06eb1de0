/** Says a text of the namespace `mail`. */
type Say = (key: string, params: Record<string, unknown>) => string

/** The reasons that the mail log holds as codes. */
const codes = [
  'notice_not_his',
  'notice_not_seen',
  'reply_by_mail',
  'absence_note',
  'internal_from_customer',
  'which_consult',
  'blocked',
  'duplicate',
  'feedback',
  'own_loop',
  'nothing_of_ours',
  'too_big',
  'too_many_alike',
  'withheld',
]
/** Those that name a limit, as the reader says them; the number in them is told. */
const limits: [RegExp, string][] = [
  [/^More than (\d+) parts$/, 'parts'],
  [/^More than (\d+) header lines$/, 'headers'],
  [/^Larger than (\d+) bytes$/, 'size'],
  [/^Took more than \d+ ms$/, 'time'],
  [/^Needed too much memory$/, 'memory'],
  [/^Maximum /, 'nesting'],
  [/^not JSON$/, 'not_json'],
  [/\bENOENT\b/, 'no_source'],
]

/** Why a message did not simply become one of a conversation, in words. */
export function reasonWords(reason: string, t: Say, language: string): string {
  if (codes.includes(reason)) return t(`reason.${reason}`, {})
  for (const [pattern, code] of limits) {
    const found = pattern.exec(reason)
    if (!found) continue
    const limit = Number(found[1] ?? 0)
    const most = code === 'size' ? Math.round(limit / 1024 / 1024) : limit
    return t(`reason.${code}`, { most: new Intl.NumberFormat(language).format(most) })
  }
  return t('reason.other', { reason })
}
