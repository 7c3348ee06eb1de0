const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/

/**
 * A mail address in the form we keep and compare: lower case, an international domain in its ASCII form
 * (RFC 5891), or null when it is none. Quoted local parts and bare host names are not taken.
 */
export function mailAddress(text: string): string | null {
  const trimmed = text.trim()
  const at = trimmed.lastIndexOf('@')
  const name = trimmed.slice(0, at).toLowerCase()
  if (at < 1 || name.length > 64 || !local.test(name)) return null
  const host = asciiDomain(trimmed.slice(at + 1))
  return host && name.length + host.length < 254 ? `${name}@${host}` : null
}

function asciiDomain(text: string): string | null {
  if (/[\s/\\?#:@%[\]]/.test(text)) return null
  try {
    const host = new URL(`http://${text}`).hostname
    return domain.test(host) ? host : null
  } catch {
    return null
  }
}
