/** Long References grow without end in old threads; the root and the newest are what threading needs. */
const maxIds = 100

/**
 * Message-IDs of a Message-ID, In-Reply-To or References header, without angle brackets, in order, each once.
 * Folding inside an id, missing brackets, several ids stuck together and comments are put up with.
 */
export function readIds(value: string): string[] {
  const inBrackets = [...value.matchAll(/<([^<>]{1,990})>/g)].map((match) => match[1]!.replace(/\s+/g, ''))
  const ids = inBrackets.length > 0 ? inBrackets : looseIds(value)
  const unique = [...new Set(ids.filter((id) => id.length > 0))]
  return unique.length <= maxIds ? unique : [unique[0]!, ...unique.slice(1 - maxIds)]
}

/** Without brackets only what looks like an id counts: "Your message of Monday" is none. */
function looseIds(value: string): string[] {
  return value
    .split(/[\s,;<>]+/)
    .filter((word) => word.length <= 990 && /^[^@\s]+@[^@\s]+$/.test(word))
    .map((word) => word.replace(/^["'(]+|["')]+$/g, ''))
}

/** The one id of a Message-ID header; an id without brackets or @ is still an id. */
export function readId(value: string | undefined): string | null {
  if (!value) return null
  return readIds(value)[0] ?? (value.replace(/[\s<>]+/g, '').slice(0, 990) || null)
}
