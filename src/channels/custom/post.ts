import type { Connection, DeliveryOutcome } from '../channel.ts'
import { signatureOf } from './signature.ts'

/** Longer answers are not read; their beginning is shown as the other side's words. */
const mostOfAnswer = 2000
const patience = 20_000

/**
 * One signed POST to the channel's URL. 2xx is delivered, everything else is tried again. The administrator sets the
 * URL himself, so it may be one of his own network; redirects are not followed.
 */
export async function post(
  { settings, secrets }: Connection,
  payload: object,
  signal: AbortSignal,
): Promise<Omit<DeliveryOutcome, 'recipient'>> {
  const body = JSON.stringify(payload)
  try {
    const response = await fetch(String(settings.url), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'x-foyer-signature': signatureOf(secrets.secret ?? '', body),
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    })
    const text = `${response.status} ${response.statusText} ${await beginning(response)}`.trim()
    return { outcome: response.ok ? 'delivered' : 'retry', code: String(response.status), text }
  } catch (error) {
    return { outcome: 'retry', code: null, text: wordsOf(error) }
  }
}

async function beginning(response: Response): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true })
    if (text.length >= mostOfAnswer) break
  }
  return text.slice(0, mostOfAnswer)
}

/** fetch hides the reason below "fetch failed". */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? `${error.message}: ${cause.message || cause.name}` : error.message
}
