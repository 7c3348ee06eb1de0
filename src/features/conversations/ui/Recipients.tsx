import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#console/kit/Icon.tsx'
import type { Content } from '#features/drafts/ui/draftStore.ts'
import type { Conversation } from '../conversations.contract.ts'
import styles from './Recipients.module.css'
import { defaultRecipients } from './recipients.ts'

/** One line that says whom it goes to; opened, three that can be changed. */
export function Recipients({
  conversation,
  content,
  onChange,
}: {
  conversation: Conversation
  content: Content
  onChange: (part: Partial<Content>) => void
}) {
  const { t } = useTranslation('console')
  const [open, setOpen] = useState(false)
  const usual = defaultRecipients(conversation)
  const to = content.to ?? usual.to
  const cc = content.cc ?? usual.cc
  const bcc = content.bcc ?? ''
  if (!open)
    return (
      <button type="button" className={styles.line} aria-expanded={false} onClick={() => setOpen(true)}>
        <span className={styles.label}>{t('to')}</span>
        <span className={styles.names}>{names([to, cc, bcc]) || t('noRecipient')}</span>
        <Icon name="chevron" size={14} />
      </button>
    )
  const lines = [
    ['to', to],
    ['cc', cc],
    ['bcc', bcc],
  ] as const
  return (
    <div className={styles.lines}>
      {lines.map(([name, value]) => (
        <label key={name} className={styles.field}>
          <span className={styles.label}>{t(name)}</span>
          <input
            className={styles.input}
            value={value}
            onChange={(event) => onChange({ [name]: event.target.value })}
            autoComplete="off"
            spellCheck={false}
          />
        </label>
      ))}
    </div>
  )
}

const names = (lists: string[]) =>
  lists
    .filter((list) => list.trim() !== '')
    .map((list) => list.replace(/\s*<[^>]*>/g, '').replaceAll('"', ''))
    .join(', ')
