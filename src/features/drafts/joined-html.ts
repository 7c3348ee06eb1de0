import { textToHtml } from '#shared/text/text-to-html.ts'

interface Words {
  text: string
  html: string | null
}

/** Two plain texts stay plain; with formatting in one of them both are HTML. */
export function joinedHtml(draft: Words, own: Words): string | null {
  if (draft.html === null && own.html === null) return null
  return [draft, own].map(({ text, html }) => html ?? textToHtml(text)).join('<div><br></div>')
}
