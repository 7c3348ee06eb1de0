export interface Piece {
  at: number
  text: string
  hit: boolean
}

/**
 * A snippet as the server writes it (escaped, only <mark> is live) cut into plain pieces. Nothing of it is ever
 * given to the browser as HTML: any other tag comes out as the words it is made of.
 */
export function pieces(html: string): Piece[] {
  const out: Piece[] = []
  let hit = false
  let at = 0
  for (const part of html.split(/(<\/?mark>)/)) {
    if (part === '<mark>') hit = true
    else if (part === '</mark>') hit = false
    else if (part !== '') out.push({ at, text: unescaped(part), hit })
    at += part.length
  }
  return out
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }
const unescaped = (text: string) =>
  text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi,
    (whole, decimal, hex, name: string | undefined) => {
      const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null
      if (code !== null) return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      return entities[name?.toLowerCase() ?? ''] ?? whole
    },
  )
