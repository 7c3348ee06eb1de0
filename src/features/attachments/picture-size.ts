/** Pictures that unpack to more would stop a browser. */
export const mostPixels = 50_000_000
const longestSide = 20_000

export interface PictureSize {
  width: number
  height: number
}

/** Whether a browser can unpack it without harm; what does not tell its size is not shown. */
export const isShowable = (size: PictureSize | null): boolean =>
  size !== null &&
  size.width > 0 &&
  size.height > 0 &&
  Math.max(size.width, size.height) <= longestSide &&
  size.width * size.height <= mostPixels

/** A picture's size in pixels as its own head says; null: not said where it must be. @param bytes the beginning */
export function pictureSize(type: string, bytes: Uint8Array): PictureSize | null {
  const read = readers[type]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return read?.(view) ?? null
  } catch {
    // The head ends before it has said anything.
    return null
  }
}

const readers: Record<string, (view: DataView) => PictureSize | null> = {
  'image/png': (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  'image/gif': (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
  'image/avif': avifSize,
}

/** Segments, each with its length, up to a start of frame (SOF0 to SOF15 without DHT, JPG and DAC). */
function jpegSize(view: DataView): PictureSize | null {
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) at += 1
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    else at += 2 + view.getUint16(at + 2)
  }
}

function webpSize(view: DataView): PictureSize | null {
  const form = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)))
  if (form === 'VP8X') return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
  if (form === 'VP8 ')
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (form !== 'VP8L') return null
  const bits = view.getUint32(21, true)
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
}
const uint24 = (view: DataView, at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)

/** Every part says its size in an `ispe` box; the whole is the largest. */
function avifSize(view: DataView): PictureSize | null {
  let found: PictureSize | null = null
  for (let at = 0; at + 16 <= Math.min(view.byteLength, 100_000); at++) {
    if (view.getUint32(at) !== 0x69737065) continue
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (!found || size.width * size.height > found.width * found.height) found = size
  }
  return found
}
