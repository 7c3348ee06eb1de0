import { useTranslation } from 'react-i18next'
import type { Message } from '../conversations.contract.ts'

type Evidence = NonNullable<Message['evidence']>
const methods = ['spf', 'dkim', 'dmarc', 'arc'] as const

/** Whether the mail is its sender's, in plain words, and what was looked at to know it. */
export function SenderCheck({ message, evidence }: { message: Message; evidence: Evidence }) {
  const { t } = useTranslation('timeline')
  const domain = (message.from?.address ?? message.author.address ?? '').split('@').at(-1)
  const { server, sealer, by } = evidence
  const results = methods.flatMap((method) => {
    const result = evidence[method]
    return result && result !== 'none' ? [`${method.toUpperCase()} ${result}`] : []
  })
  return (
    <div>
      <dt>{t('senderCheck')}</dt>
      <dd>
        {t(`senderCheckOf.${answer(message.verified, evidence)}`, { domain, sealer })}{' '}
        {t(`senderCheckBy.${by}`, { server })} {results.length > 0 && results.join(' · ')}
      </dd>
    </div>
  )
}

function answer(verified: boolean | null, { sealer, dmarc }: Evidence) {
  if (verified) return sealer && dmarc !== 'pass' ? 'sealed' : 'proved'
  if (verified === false) return 'disowned'
  return dmarc === 'temperror' ? 'late' : 'unknown'
}
