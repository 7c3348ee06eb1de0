/** Where in the beginning which bytes stand. */
const starts: [type: string, at: number, bytes: string][] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavif'],
]

/** What picture these bytes are, by their beginning, whatever was declared; null: none that is safe to show (SVG runs). */
export function pictureType(bytes: Uint8Array): string | null {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  return starts.find(([, at, bytes]) => beginning.startsWith(bytes, at))?.[0] ?? null
}
