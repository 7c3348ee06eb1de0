import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get } from '#console/api/request.ts'
import { BareButton, IconButton } from '#console/kit/Button.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { OfferList } from '#console/writing/OfferList.tsx'
import type { Customer } from '#features/customers/customers.contract.ts'
import { writeAddress } from '#features/drafts/ui/addresses.ts'
import type { Content } from '#features/drafts/ui/draftStore.ts'
import type { Conversation } from '../../conversations.contract.ts'
import styles from './Recipients.module.css'
import { defaultRecipients, namesOf, newcomers } from './recipients.ts'

/** One line that says whom it goes to; opened, three that can be changed. Who is new here is told either way. */
export function Recipients({
  conversation,
  content,
  onChange,
}: {
  conversation: Conversation
  content: Pick<Content, 'to' | 'cc' | 'bcc'>
  onChange: (part: Partial<Content>) => void
}) {
  const { t } = useTranslation('composer')
  const [open, setOpen] = useState(false)
  const usual = defaultRecipients(conversation)
  const to = content.to ?? usual.to
  const cc = content.cc ?? usual.cc
  const bcc = content.bcc ?? ''
  const fresh = newcomers(conversation, [to, cc, bcc])
  const lines = [
    ['to', to],
    ['cc', cc],
    ['bcc', bcc],
  ] as const
  return (
    <div className={styles.recipients}>
      {open ? (
        <div className={styles.lines}>
          {lines.map(([name, value]) => (
            <RecipientLine
              key={name}
              label={t(`console:${name}`)}
              value={value}
              autoFocus={name === 'to'}
              onChange={(typed) => onChange({ [name]: typed })}
              onLeave={() => setOpen(false)}
            />
          ))}
          <span className={styles.fold}>
            <IconButton
              name="close"
              size="small"
              label={t('recipientsFold')}
              onClick={() => setOpen(false)}
            />
          </span>
        </div>
      ) : (
        <BareButton className={styles.line} aria-expanded={false} onClick={() => setOpen(true)}>
          <span className={styles.label}>{t('console:to')}</span>
          <span className={styles.names}>{namesOf([to, cc, bcc]) || t('console:noRecipient')}</span>
          <Icon name="chevron" size={14} />
        </BareButton>
      )}
      {fresh.length > 0 && (
        <p className={styles.fresh} role="status">
          {t('newcomers', { count: fresh.length, names: fresh.join(', ') })}
        </p>
      )}
    </div>
  )
}

/** Addresses with commas between; what is being typed finds people known here. */
export function RecipientLine({
  label,
  value,
  onChange,
  onLeave,
  autoFocus,
}: {
  label: string
  value: string
  onChange: (typed: string) => void
  onLeave?: () => void
  autoFocus?: boolean
}) {
  const id = useId()
  const [focused, setFocused] = useState(false)
  const [active, setActive] = useState(0)
  const [refused, setRefused] = useState('')
  const cut = Math.max(value.lastIndexOf(','), value.lastIndexOf(';')) + 1
  const typed = value.slice(cut).trim()
  const asks = focused && typed.length >= 2 && !/<[^>]*>$/.test(typed) && typed !== refused
  const { data } = useQuery({
    queryKey: keys.customers(typed),
    queryFn: ({ signal }) =>
      get<{ items: Customer[] }>('/customers', { query: { q: typed, limit: 6 }, signal }),
    enabled: asks,
    staleTime: 60_000,
  })
  const found = (asks ? (data?.items ?? []) : []).flatMap((customer) =>
    customer.address && customer.address !== typed
      ? [
          {
            id: customer.id,
            label: customer.name ?? customer.address,
            hint: customer.address,
            insert: { text: writeAddress({ name: customer.name, address: customer.address }), html: null },
          },
        ]
      : [],
  )
  const take = (index: number) => {
    const offer = found[index]
    if (!offer) return
    const before = value.slice(0, cut)
    onChange(`${before}${before ? ' ' : ''}${offer.insert.text}, `)
    setActive(0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && found.length === 0) onLeave?.()
    else if (found.length === 0) return
    else if (event.key === 'ArrowDown') setActive((active + 1) % found.length)
    else if (event.key === 'ArrowUp') setActive((active + found.length - 1) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') take(active)
    else if (event.key === 'Escape') setRefused(typed)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const open = found.length > 0
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.around}>
        {open && (
          <OfferList id={`${id}-list`} label={label} found={found} active={active} onTake={take} below />
        )}
        <input
          id={id}
          className={styles.input}
          dir="auto"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={open ? `${id}-list` : undefined}
          aria-activedescendant={open ? `${id}-list-${active}` : undefined}
          value={value}
          onChange={(event) => {
            setActive(0)
            onChange(event.target.value)
          }}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the line was opened to be changed
          autoFocus={autoFocus}
        />
      </div>
    </div>
  )
}
