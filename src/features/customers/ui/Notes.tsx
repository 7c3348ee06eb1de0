import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { Button, IconButton } from '#console/kit/Button.tsx'
import { copyText } from '#console/kit/CopyText.tsx'
import { Textarea } from '#console/kit/Input.tsx'
import { Menu, MenuItem } from '#console/kit/Menu.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Note, OpenedCustomer } from '../customers.contract.ts'
import { Title } from './Title.tsx'
import { useCustomerAct } from './useCustomerChange.ts'
import { useKept } from './useKept.ts'
import styles from './Who.module.css'

/** What colleagues tell each other about him; he never sees it. What is being typed survives a reload. */
export function Notes({ customer }: { customer: OpenedCustomer }) {
  const { t } = useTranslation(['who', 'console'])
  const act = useCustomerAct(customer.id)
  const [typed, setTyped] = useKept<string>(`note.${customer.id}`, '')
  const [writing, setWriting] = useState(typed !== '')
  const save = () => {
    const text = typed.trim()
    if (text === '') return
    act.mutate({ method: 'POST', path: '/notes', body: { text } }, { onSuccess: () => setTyped(null) })
    setWriting(false)
  }
  return (
    <section>
      <Title>{t('notes')}</Title>
      <ul className={styles.notes}>
        {customer.notes.map((note) => (
          <NoteItem key={note.id} note={note} customer={customer} />
        ))}
      </ul>
      {writing ? (
        <NoteBox
          label={t('noteLabel')}
          value={typed}
          onChange={setTyped}
          onSave={save}
          onCancel={() => {
            setTyped(null)
            setWriting(false)
          }}
        />
      ) : (
        <Button look="quiet" size="small" icon="plus" onClick={() => setWriting(true)}>
          {t('addNote')}
        </Button>
      )}
    </section>
  )
}

function NoteBox({
  label,
  value,
  onChange,
  onSave,
  onCancel,
}: {
  label: string
  value: string
  onChange: (text: string) => void
  onSave: () => void
  onCancel: () => void
}) {
  const { t } = useTranslation('console')
  return (
    <div className={styles.noteBox}>
      <Textarea
        aria-label={label}
        rows={3}
        value={value}
        maxLength={20_000}
        onChange={onChange}
        autoFocus
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSave()
          if (event.key === 'Escape') onCancel()
        }}
      />
      <div className={styles.acts}>
        <Button size="small" look="main" disabled={value.trim() === ''} onClick={onSave}>
          {t('save')}
        </Button>
        <Button size="small" look="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}

function NoteItem({ note, customer }: { note: Note; customer: OpenedCustomer }) {
  const { t } = useTranslation(['who', 'console'])
  const me = useMe()
  const act = useCustomerAct(customer.id)
  const [editing, setEditing] = useState<string | null>(null)
  const mine = note.author === null || note.author.id === me.id || me.role === 'admin'
  const path = `/notes/${note.id}`
  const remove = () =>
    act.mutate(
      {
        method: 'DELETE',
        path,
        shows: (now) => ({ notes: now.notes.filter((each) => each.id !== note.id) }),
      },
      {
        onSuccess: () =>
          say(t('noteRemoved'), {
            act: {
              label: t('console:undo'),
              run: () => act.mutate({ method: 'DELETE', path: `${path}/removal` }),
            },
          }),
      },
    )
  const save = () => {
    const text = (editing ?? '').trim()
    setEditing(null)
    if (text !== '' && text !== note.text)
      act.mutate({
        method: 'PATCH',
        path,
        body: { text },
        shows: (now) => ({
          notes: now.notes.map((each) => (each.id === note.id ? { ...each, text } : each)),
        }),
      })
  }
  if (editing !== null)
    return (
      <li>
        <NoteBox
          label={t('noteLabel')}
          value={editing}
          onChange={setEditing}
          onSave={save}
          onCancel={() => setEditing(null)}
        />
      </li>
    )
  return (
    <li className={styles.note}>
      <p className={styles.noteText}>{note.text}</p>
      <p className={styles.noteFoot}>
        <span className={styles.faint}>
          {note.author?.name ?? t('somebody')} · <Time at={note.at} />
          {note.editedAt && ` · ${t('edited')}`}
        </span>
        <Menu align="end" trigger={<IconButton name="more" size="small" label={t('noteMore')} />}>
          <MenuItem
            icon="copy"
            onClick={() => void copyText(note.text, t('noteCopied'), t('console:copyFailed'))}
          >
            {t('console:copy')}
          </MenuItem>
          {mine && (
            <MenuItem icon="pencil" onClick={() => setEditing(note.text)}>
              {t('noteEdit')}
            </MenuItem>
          )}
          {mine && (
            <MenuItem icon="trash" danger onClick={remove}>
              {t('noteRemove')}
            </MenuItem>
          )}
        </Menu>
      </p>
    </li>
  )
}
