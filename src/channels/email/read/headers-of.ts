import { decodeText } from './charset.ts'
import { decodeWords } from './decode-words.ts'

export interface Header {
  name: string
  /** unfolded, encoded words decoded */
  value: string
}

/** bytes; longer heads are cut */
const most = 256 * 1024

/** Every header of a mail in its order, to be read by people; whatever is none is left out. */
export function headersOf(raw: Uint8Array): Header[] {
  const text = decodeText(raw.subarray(0, headEnd(raw)))
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [, name, value] = /^([!-9;-~]{1,200})[ \t]*:[ \t]*(.*)$/.exec(line) ?? []
      return name
        ? [
            {
              name,
              value: decodeWords(value ?? '')
                .replaceAll('\0', '')
                .toWellFormed(),
            },
          ]
        : []
    })
}

/** Where the empty line stands that ends the head. */
export function headEnd(raw: Uint8Array): number {
  const end = Math.min(raw.length, most)
  for (let at = 0; at < end; at++) {
    if (raw[at] !== 10) continue
    if (raw[at + 1] === 10) return at + 1
    if (raw[at + 1] === 13 && raw[at + 2] === 10) return at + 1
  }
  return end
}
