import type { Editor } from '@tiptap/core'
import { useEffect, useRef, useState } from 'react'
import { type Asked, askedFor, type Offer, type Offers } from './offers.ts'
import { readHtml } from './readHtml.ts'
import { docOf, inline, type Words } from './richWords.ts'

interface Open {
  asked: Asked
  found: Offer[]
}

/** Offers after a sign at the caret; arrow keys choose, Enter or Tab takes, Escape closes. */
export function useOffers(editor: Editor | null, offers: Offers) {
  const [open, setOpen] = useState<Open | null>(null)
  const [active, setActive] = useState(0)
  const source = useRef(offers)
  source.current = offers
  /** Closed by Escape: the same word does not open it again. */
  const refused = useRef<string | null>(null)
  const lookAgain = useRef(() => {})
  const isOpen = useRef(false)
  isOpen.current = open !== null
  useEffect(() => {
    if (!editor) return
    let last = ''
    const look = async () => {
      const asked = asking(editor, Object.keys(source.current).join(''))
      const key = asked ? `${asked.sign}${asked.typed}` : ''
      if (key === last) return
      last = key
      if (!asked || (refused.current !== null && key.startsWith(refused.current))) {
        if (!asked) refused.current = null
        return setOpen(null)
      }
      const found = (await source.current[asked.sign]?.(asked.typed)) ?? []
      if (last !== key) return
      setActive(0)
      setOpen(found.length > 0 ? { asked, found } : null)
    }
    const close = () => {
      last = ''
      setOpen(null)
    }
    const onTransaction = () => void look()
    lookAgain.current = () => {
      last = ''
      void look()
    }
    editor.on('transaction', onTransaction)
    editor.on('blur', close)
    return () => {
      editor.off('transaction', onTransaction)
      editor.off('blur', close)
    }
  }, [editor])
  // The sign may have been typed before the editor was there, or before what is offered had come.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again when there are others to offer
  useEffect(() => {
    if (editor?.view.hasFocus() && !isOpen.current) lookAgain.current()
  }, [editor, offers])

  const take = (index: number) => {
    const offer = open?.found[index]
    if (!open || !offer || !editor) return
    const { to } = editor.state.selection
    setOpen(null)
    editor
      .chain()
      .focus()
      .insertContentAt({ from: to - open.asked.length, to }, contentOf(offer.insert))
      .run()
    offer.run?.()
  }
  return {
    open: open !== null,
    found: open?.found ?? [],
    active,
    take,
    /** Answers whether the key was for the list. */
    key: (event: KeyboardEvent): boolean => {
      if (!open || event.isComposing) return false
      const count = open.found.length
      if (event.key === 'ArrowDown') setActive((active + 1) % count)
      else if (event.key === 'ArrowUp') setActive((active + count - 1) % count)
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab')
        take(active)
      else if (event.key === 'Escape') {
        refused.current = `${open.asked.sign}${open.asked.typed}`
        setOpen(null)
      } else return false
      event.preventDefault()
      return true
    },
  }
}

function asking(editor: Editor, signs: string): Asked | null {
  const { selection } = editor.state
  if (!selection.empty || editor.isActive('code') || editor.isActive('codeBlock')) return null
  const { $from } = selection
  const before = $from.parent.textBetween(
    Math.max(0, $from.parentOffset - 60),
    $from.parentOffset,
    '\n',
    '\ufffc',
  )
  return askedFor(before, signs)
}

/** One line goes into the line it is put in; several bring their own. */
export function contentOf({ text, html }: Words) {
  if (html !== null) return readHtml(html)
  if (!text.includes('\n')) return inline(text)
  return docOf(text).content ?? []
}
