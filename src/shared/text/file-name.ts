/** A base name safe on every system: no folders, no control or direction characters, no reserved names, at most 200 bytes of UTF-8. */
export function fileName(raw: string): string {
  const base = raw.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = base
    .replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const safe = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean) ? `_${clean}` : clean
  return shortened(safe)
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= 200) return name
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? ''
  let stem = [...name.slice(0, name.length - extension.length)].slice(0, 200)
  while (Buffer.byteLength(stem.join('')) + extension.length > 200) stem = stem.slice(0, -5)
  return stem.join('') + extension
}
