// Authentication-Results (RFC 8601), read strictly: senders choose what stands in comments, quoted strings and the
// values of properties, and none of that may look like a result.

export interface ServerResults {
  /** the name that the server gives itself, lower case */
  server: string
  /** method → result, the first of each: `dmarc` → `pass` */
  results: Record<string, string>
  /** the domain whose mail dmarc spoke of; null: it does not say */
  from: string | null
}

const methods = new Set(['spf', 'dkim', 'dmarc', 'arc'])

/** @param value the header's value, as it came; null: it is no such header */
export function readAuthenticationResults(value: string): ServerResults | null {
  const [name, ...infos] = withoutWords(value).split(';')
  const server = /^\s*([^\s;=]+)/.exec(name ?? '')?.[1]?.toLowerCase()
  if (!server) return null
  const results: Record<string, string> = {}
  let from: string | null = null
  for (const info of infos) {
    const [, method, result] = /^\s*([a-z0-9-]+)\s*(?:\/\s*\d+\s*)?=\s*([a-z]+)/i.exec(info) ?? []
    const key = method?.toLowerCase() ?? ''
    if (!result || !methods.has(key) || key in results) continue
    results[key] = result.toLowerCase()
    if (key === 'dmarc') from = /\sheader\.from\s*=\s*([^\s;]+)/i.exec(info)?.[1]?.toLowerCase() ?? null
  }
  return { server, results, from }
}

/** Comments (they nest) go; a quoted string becomes one meaningless word. What is never closed takes the rest along. */
function withoutWords(value: string): string {
  let out = ''
  let depth = 0
  let quoted = false
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at]!
    if ((quoted || depth > 0) && char === '\\') at += 1
    else if (quoted) quoted = char !== '"'
    else if (char === '(') depth += 1
    else if (depth > 0) depth -= char === ')' ? 1 : 0
    else if (char === '"') {
      quoted = true
      out += 'quoted'
    } else out += char === '\r' || char === '\n' ? ' ' : char
  }
  return out
}
