import type { ChannelLimits } from '#channels/channel.ts'
import { refuse, refuseField } from '#platform/errors/refuse.ts'
import { htmlToText } from '#platform/html/html-to-text.ts'
import { safeHtml, safeHtmlVersion } from '#platform/html/safe-html.ts'
import { preview } from '#shared/text/new-words.ts'

export interface Words {
  text: string
  html: string | null
  htmlSafe: number
  /** one line, for lists */
  preview: string
}

/**
 * What a caller wrote, made safe; the text comes out of the HTML where only that was given.
 * @param at where the words stand in the body, with a dot
 */
export function wordsOf(
  { text, html }: { text?: string; html?: string },
  limits: ChannelLimits,
  at = '',
): Words {
  const safe = html && limits.html ? safeHtml(html) : null
  const plain = (text?.trim() ? text : html ? htmlToText(safeHtml(html)) : '').trim()
  if (!plain && !/<img\b/i.test(safe ?? '')) refuseField(`${at}text`, 'required')
  if (limits.text !== null && plain.length > limits.text)
    refuse('channel_limit', {
      params: { most: limits.text },
      errors: [{ field: `${at}text`, code: 'too_long' }],
    })
  return { text: plain, html: safe, htmlSafe: safeHtmlVersion, preview: preview(plain) }
}
