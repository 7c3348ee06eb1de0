// Which words of a sign-in by token speak of what. A provider's word (RFC 6749, 5.2) stands at the beginning of what is
// kept as the server's words.

/** What to do about it, as a text key; null: these words speak of something else. */
export function tokenHint(words: string): string | null {
  if (/\bnot_signed_in:/.test(words)) return 'mail:hint.token_first'
  if (/\b(invalid_grant|interaction_required|consent_required|access_denied):/.test(words))
    return 'mail:hint.token_over'
  if (/\b(invalid_client|unauthorized_client|invalid_scope|invalid_request):/.test(words))
    return 'mail:hint.token_app'
  if (/\bunreachable:/.test(words)) return 'mail:hint.token_unreachable'
  return null
}
