import { DomUtils, parseDocument } from 'htmlparser2'

/** Gives every picture of harmless HTML the address answered for it; null: its place stays, with its words. */
export async function showPictures(
  safe: string,
  addressOf: (src: string) => Promise<string | null>,
): Promise<string> {
  if (!/<img\b/i.test(safe)) return safe
  const root = parseDocument(safe)
  for (const image of DomUtils.getElementsByTagName('img', root)) {
    const address = await addressOf(image.attribs.src ?? '')
    if (address) image.attribs.src = address
    else delete image.attribs.src
  }
  return DomUtils.getInnerHTML(root, { encodeEntities: 'utf8' })
}
