// Letters of any script: RFC 6531 lets every character beyond ASCII in, but only what people write names with is taken.
const local = /^[\p{L}\p{M}\p{Nd}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{Nd}!#$%&'*+/=?^_`{|}~-]+)*$/u
const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/

/**
 * A mail address in the form we keep and compare: lower case, NFC (RFC 6532), an international domain in its ASCII
 * form (RFC 5891), or null when it is none. Quoted local parts and bare host names are not taken.
 */
export function mailAddress(text: string): string | null {
  const trimmed = text.trim()
  const at = trimmed.lastIndexOf('@')
  const name = trimmed.slice(0, at).normalize('NFC').toLowerCase()
  // Bytes are what mail counts (RFC 5321 4.5.3.1.1).
  if (at < 1 || new TextEncoder().encode(name).length > 64 || !local.test(name)) return null
  const host = asciiDomain(trimmed.slice(at + 1))
  return host && name.length + host.length < 254 ? `${name}@${host}` : null
}

/** Whether only servers that offer SMTPUTF8 (RFC 6531) take mail from or to it: letters beyond ASCII before the @. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
export const needsUtf8 = (address: string): boolean => /[^\x00-\x7f].*@/.test(address)

function asciiDomain(text: string): string | null {
  if (/[\s/\\?#:@%[\]]/.test(text)) return null
  try {
    const host = new URL(`http://${text}`).hostname
    return domain.test(host) ? host : null
  } catch {
    return null
  }
}
