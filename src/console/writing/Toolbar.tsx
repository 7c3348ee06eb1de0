import type { Editor } from '@tiptap/core'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '#console/kit/Button.tsx'
import type { IconName } from '#console/kit/Icon.tsx'
import { Input } from '#console/kit/Input.tsx'
import styles from './Toolbar.module.css'

interface Format {
  name: 'bold' | 'italic' | 'strike' | 'code' | 'bulletList' | 'orderedList' | 'blockquote'
  icon: IconName
  keys?: string
  run: (editor: Editor) => void
}
const mod = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl+'
const formats: Format[] = [
  { name: 'bold', icon: 'bold', keys: `${mod}B`, run: (editor) => editor.chain().focus().toggleBold().run() },
  {
    name: 'italic',
    icon: 'italic',
    keys: `${mod}I`,
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  { name: 'strike', icon: 'strike', run: (editor) => editor.chain().focus().toggleStrike().run() },
  { name: 'bulletList', icon: 'list', run: (editor) => editor.chain().focus().toggleBulletList().run() },
  { name: 'orderedList', icon: 'numbers', run: (editor) => editor.chain().focus().toggleOrderedList().run() },
  { name: 'blockquote', icon: 'quote', run: (editor) => editor.chain().focus().toggleBlockquote().run() },
  { name: 'code', icon: 'code', run: (editor) => editor.chain().focus().toggleCode().run() },
]

/** A quiet row; it knows what the words under the caret are. Ctrl+K opens a link's address with or without it. */
export function Toolbar({
  editor,
  shown,
  place,
}: {
  editor: Editor
  shown: boolean
  place: RefObject<HTMLElement | null>
}) {
  const { t } = useTranslation('composer')
  const active = useActive(editor, shown)
  const [link, setLink] = useState<string | null>(null)
  const openLink = () => setLink(String(editor.getAttributes('link').href ?? ''))
  const latest = useRef(openLink)
  latest.current = openLink
  useEffect(() => {
    const element = place.current
    const open = () => latest.current()
    element?.addEventListener('link', open)
    return () => element?.removeEventListener('link', open)
  }, [place])
  return (
    <>
      {shown && (
        <div className={styles.bar} role="toolbar" aria-label={t('formats')} onKeyDown={moveAlong}>
          {formats.map(({ name, icon, keys, run }, index) => (
            <IconButton
              key={name}
              name={icon}
              size="small"
              keys={keys}
              tabIndex={index === 0 ? 0 : -1}
              label={t(`format.${name}`)}
              aria-pressed={active.includes(name)}
              // The words keep their selection.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => run(editor)}
            />
          ))}
          <IconButton
            name="link"
            size="small"
            keys={`${mod}K`}
            tabIndex={-1}
            label={t('format.link')}
            aria-pressed={active.includes('link')}
            onPointerDown={(event) => event.preventDefault()}
            onClick={openLink}
          />
        </div>
      )}
      {link !== null && <LinkLine editor={editor} href={link} onDone={() => setLink(null)} />}
    </>
  )
}

function LinkLine({ editor, href, onDone }: { editor: Editor; href: string; onDone: () => void }) {
  const { t } = useTranslation('composer')
  const [typed, setTyped] = useState(href)
  const put = (address: string | null) => {
    onDone()
    if (!address) return void editor.chain().focus().extendMarkRange('link').unsetLink().run()
    const full = /^[a-z][a-z+.-]*:/i.test(address)
      ? address
      : address.includes('@')
        ? `mailto:${address}`
        : `https://${address}`
    const chain = editor.chain().focus().extendMarkRange('link')
    if (editor.state.selection.empty && !editor.isActive('link'))
      chain
        .insertContent({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href: full } }] })
        .run()
    else chain.setLink({ href: full }).run()
  }
  return (
    <form
      className={styles.link}
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        put(typed.trim())
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
        editor.commands.focus()
      }}
    >
      <div className={styles.address}>
        <Input
          aria-label={t('linkAddress')}
          placeholder="https://"
          value={typed}
          onChange={setTyped}
          inputMode="url"
          autoFocus
        />
      </div>
      <Button type="submit" size="small">
        {t('linkPut')}
      </Button>
      {href && (
        <Button size="small" look="quiet" onClick={() => put(null)}>
          {t('linkRemove')}
        </Button>
      )}
    </form>
  )
}

/** What the words at the caret are; asked only while the row is on screen. */
function useActive(editor: Editor, shown: boolean): readonly string[] {
  const [active, setActive] = useState<readonly string[]>([])
  useEffect(() => {
    if (!shown) return
    const look = () => {
      const now = [...formats.map(({ name }) => name), 'link'].filter((name) => editor.isActive(name))
      setActive((old) => (old.join() === now.join() ? old : now))
    }
    look()
    editor.on('transaction', look)
    return () => {
      editor.off('transaction', look)
    }
  }, [editor, shown])
  return active
}

/** One stop for Tab, arrows within (WAI-ARIA toolbar). */
function moveAlong(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (!step) return
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  buttons[(at + step + buttons.length) % buttons.length]?.focus()
  event.preventDefault()
}
