// What the demo's customers attach: a photo, a picture of a screen, a PDF. Drawn here, so that nothing is carried along.
import { crc32, deflateSync } from 'node:zlib'

type Colour = [red: number, green: number, blue: number]
/** A picture, dot by dot, as PNG. */
function draw(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows.set(colourAt(x, y), y * (width * 3 + 1) + 1 + x * 3)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(data.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}

/** A table lamp before a wall, its shade broken. */
export const photo = draw(480, 320, (x, y) => {
  const middle = x - 240
  const cracked = Math.abs(middle + 20 - Math.round(Math.sin(y / 7) * 9)) < 3
  if (y > 70 && y < 150 && Math.abs(middle) < 40 + (y - 70) * 0.55)
    return cracked ? [70, 52, 44] : [214 - y / 4, 138, 78]
  if (y >= 150 && y < 256 && Math.abs(middle) < 6) return [96, 88, 82]
  if (y >= 246 && y < 264 && Math.abs(middle) < 54) return [84, 76, 70]
  if (y >= 258) return [150 - (y - 258) / 3, 112, 84]
  const light = Math.max(0, 60 - Math.hypot(middle, y - 120) / 4)
  return [206 + light * 0.6, 204 + light * 0.4, 196]
})

/** An app that says that something went wrong. */
export const screenshot = draw(360, 240, (x, y) => {
  if (y < 28) return [63, 91, 216]
  if (x > 40 && x < 320 && y > 70 && y < 180) {
    if (y < 74 || (y > 92 && y < 102 && x < 250 && x > 60)) return [200, 60, 52]
    if (y > 116 && y < 122 && x > 60 && x < 290) return [170, 172, 180]
    if (y > 132 && y < 138 && x > 60 && x < 230) return [170, 172, 180]
    return [255, 255, 255]
  }
  return [238, 240, 245]
})

/** One page of words in Helvetica (Latin letters only), as PDF 1.4. */
export function paper(lines: string[]): Buffer {
  const shown = lines.map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`).join('\n')
  const content = `BT /F1 13 Tf 20 TL 60 760 Td\n${shown}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, n) => {
    const at = text.length
    text += `${n + 1} 0 obj\n${object}\nendobj\n`
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  const start = text.length
  text += `xref\n0 6\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

const order = paper([
  'Purchase order 2026-118',
  '',
  'Hotel Lindenhof, Am Anger 4, Erfurt',
  '',
  '62  bedside lamp Oslo, brass       38.50    2387.00',
  '12  floor lamp Bergen, black      119.00    1428.00',
  '',
  'Total                                       3815.00 EUR',
  'Delivery to the goods entrance, weekdays 7 to 11.',
])

/** What a step of a story may carry, as the mail program attaches it. */
export const attachments = {
  photo: [{ filename: 'lamp.png', contentType: 'image/png', content: photo }],
  screenshot: [{ filename: 'screenshot.png', contentType: 'image/png', content: screenshot }],
  invoice: [
    {
      filename: 'платёж-2041.txt',
      contentType: 'text/plain; charset=utf-8',
      content: 'Платёж по счёту 2041: 18 400 ₽, два раза.\n',
    },
  ],
  order: [{ filename: 'order-2026-118.pdf', contentType: 'application/pdf', content: order }],
  /** shown inside the words */
  inside: [{ filename: 'shade.png', contentType: 'image/png', content: photo, cid: 'shade@demo' }],
}
export type Attached = keyof typeof attachments
