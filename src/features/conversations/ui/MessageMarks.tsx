import { useTranslation } from 'react-i18next'
import { Badge, type Tone } from '#console/kit/Tag.tsx'
import { tip } from '#console/kit/Tooltip.tsx'
import type { Message } from '../conversations.contract.ts'

/** What is unusual about a message, in a word each; what it means on hover, focus and for screen readers. */
export function MessageMarks({ message }: { message: Message }) {
  const { t } = useTranslation('timeline')
  const { author, from, direction } = message
  const other =
    direction === 'in' &&
    from &&
    author.address &&
    from.address.toLowerCase() !== author.address.toLowerCase()
  return (
    <>
      {message.origin && <From number={message.origin} />}
      {other && (
        <Mark words={t('viaFormWords', { from: from.address, author: author.address })}>{t('viaForm')}</Mark>
      )}
      {message.automatic && <Mark words={t('automaticWords')}>{t('automatic')}</Mark>}
      {message.verified === false && (
        <Mark tone="warm" words={t('console:unverifiedWords')}>
          {t('console:unverified')}
        </Mark>
      )}
    </>
  )
}

/** Where it came from by merging. */
export function From({ number }: { number: number }) {
  const { t } = useTranslation('timeline')
  return <Mark words={t('fromOtherWords', { number })}>{t('fromOther', { number })}</Mark>
}

function Mark({ words, tone, children }: { words: string; tone?: Tone; children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what a mark means must be reachable without a mouse
    <span {...tip(words)} role="note" aria-label={`${children}. ${words}`} tabIndex={0}>
      <Badge tone={tone}>{children}</Badge>
    </span>
  )
}
