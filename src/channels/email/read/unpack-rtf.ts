/** What every packed text may refer to before its own first words (MS-OXRTFCP 2.1.2.1). */
const dictionary =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript ' +
  '\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par ' +
  '\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx'
const headSize = 16
const packedMark = 0x75465a4c
const plainMark = 0x414c454d
/** A reference of two bytes gives seventeen at most, so what is packed grows no more than ninefold. */
const largest = 2 * 1024 * 1024

/** RTF as Outlook packs it (MS-OXRTFCP); null when it is none. What is cut off ends the text. */
export function unpackRtf(packed: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (packed.length < headSize || packed.length > largest) return null
  const mark = new DataView(packed.buffer, packed.byteOffset).getUint32(8, true)
  if (mark === plainMark) return new Uint8Array(packed.subarray(headSize))
  return mark === packedMark ? expand(packed) : null
}

/** Eight steps to a byte of flags: a letter as it is, or a stretch of the last 4096 letters. */
function expand(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = [...Buffer.from(dictionary, 'latin1')]
  for (let at = headSize; at < packed.length; ) {
    const flags = packed[at++]!
    for (let step = 0; step < 8 && at < packed.length; step++) {
      if ((flags & (1 << step)) === 0) {
        text.push(packed[at++]!)
        continue
      }
      const reference = (packed[at]! << 8) | (packed[at + 1] ?? 0)
      at += 2
      // The place where the next letter would be written: the end.
      if (reference >> 4 === text.length % 4096) return new Uint8Array(text.slice(dictionary.length))
      copy(text, reference)
    }
  }
  return new Uint8Array(text.slice(dictionary.length))
}

function copy(text: number[], reference: number): void {
  const place = reference >> 4
  const behind = (text.length % 4096) - place
  let from = text.length - (behind > 0 ? behind : behind + 4096)
  // Places that nothing was written to yet are blanks.
  for (let left = (reference & 15) + 2; left > 0; left--) text.push(text[from++] ?? 32)
}
