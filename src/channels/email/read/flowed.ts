interface Line {
  depth: number
  text: string
}

/** Text of `format=flowed` (RFC 3676) with its soft line ends joined; quoted lines keep their `>`. */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = []
  let paragraph: string[] = []
  let depth = 0
  const end = (): void => {
    if (paragraph.length > 0) out.push('>'.repeat(depth) + (depth > 0 ? ' ' : '') + paragraph.join(''))
    paragraph = []
  }
  for (const raw of text.split('\n')) {
    const line = unquote(raw)
    if (line.depth !== depth) end()
    depth = line.depth
    const soft = line.text.endsWith(' ') && line.text !== '-- '
    if (line.text === '-- ') end()
    paragraph.push(soft && delSp ? line.text.slice(0, -1) : line.text)
    if (!soft) end()
  }
  end()
  return out.join('\n')
}

function unquote(raw: string): Line {
  let depth = 0
  while (raw[depth] === '>') depth++
  const rest = raw.slice(depth)
  return { depth, text: rest.startsWith(' ') ? rest.slice(1) : rest }
}
