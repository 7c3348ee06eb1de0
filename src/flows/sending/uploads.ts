import type { Secrets } from '#platform/secrets/secrets.ts'

const address = (id: string) => new RegExp(`(["'])[^"'<>]*/api/v1/attachments/${id}(?:[?#][^"'<>]*)?\\1`, 'g')

/** Uploads that the HTML shows by their address at the desk travel inside the mail, named by Content-ID. */
export function picturesIn(
  secrets: Secrets,
  html: string | undefined,
  uploads: string[],
  domain: string,
): { html: string | undefined; pictures: Map<string, string> } {
  const pictures = new Map<string, string>()
  let shown = html
  for (const id of uploads) {
    if (!shown || !address(id).test(shown)) continue
    const contentId = `${secrets.sign('content id', id)}@${domain}`
    pictures.set(id, contentId)
    shown = shown.replace(address(id), `"cid:${contentId}"`)
  }
  return { html: shown, pictures }
}
