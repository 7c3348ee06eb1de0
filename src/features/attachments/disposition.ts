// How a file of other people's leaves the house: never run, never guessed at, shown in place only where that is
// harmless.
const shownInPlace = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'text/plain',
])

/** @param name any name at all: RFC 6266 with RFC 8187 (once 5987) for what is not ASCII */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const extended = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${extended}`
}

/** @param declared what the sender said it is; only what is shown in place needs to be that */
export function headersFor(name: string, declared: string): Record<string, string> {
  const type = declared.toLowerCase().split(';')[0]!.trim()
  const inPlace = shownInPlace.has(type)
  return {
    'content-type': inPlace ? (type === 'text/plain' ? 'text/plain; charset=utf-8' : type) : binary(type),
    'content-disposition': contentDisposition(inPlace ? 'inline' : 'attachment', name),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=3600',
  }
}

/** Types a browser would run as a page keep no name of their own. */
const binary = (type: string) =>
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) && !/html|xml|svg|script|wasm/.test(type)
    ? type
    : 'application/octet-stream'
