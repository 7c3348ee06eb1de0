import { Editor } from '@tiptap/core'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { cleanPaste } from './cleanPaste.ts'
import { extensionsFor } from './extensions.ts'
import { takeCaret } from './handover.ts'
import { OfferList } from './OfferList.tsx'
import type { Offers } from './offers.ts'
import styles from './RichArea.module.css'
import { readHtml } from './readHtml.ts'
import { docOf, type Node, type Words, wordsOf } from './richWords.ts'
import { onSettle } from './settleWriting.ts'
import { Toolbar } from './Toolbar.tsx'
import { useOffers } from './useOffers.ts'

/** What is written is told at the first key, then when the hands rest, or after a while; ms. A key costs nothing of it. */
const pause = 250
const longest = 1500

export interface RichAreaProps {
  label: string
  placeholder: string
  words: Words
  onChange: (words: Words) => void
  onSubmit: () => void
  focusAsked: number
  offers: Offers
  /** Whether the row of formats stands above the words. */
  formats: boolean
  /** Files that go along; pictures among them may be shown between the words, when they answer their address. */
  onFiles: (files: File[]) => void
  /** Uploads a picture; null: it did not arrive. */
  onPicture: (file: File) => Promise<string | null>
}

const setWords = (words: Words) => (words.html === null ? docOf(words.text) : readHtml(words.html))
const isPicture = (file: File) => /^image\/(png|jpeg|gif|webp)$/.test(file.type)
const sameWords = (a: Words, b: Words) => a.text === b.text && a.html === b.html

/** The writing area: Tiptap, with what mail survives. */
export function RichArea(props: RichAreaProps) {
  const { label, placeholder, words, focusAsked, offers, formats } = props
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const told = useRef<Words>(words)
  const timer = useRef<number | undefined>(undefined)
  const changed = useRef(false)
  const since = useRef(0)
  const [editor, setEditor] = useState<Editor | null>(null)
  const listId = useId()
  const offer = useOffers(editor, offers)
  const offerKey = useRef(offer.key)
  offerKey.current = offer.key

  // biome-ignore lint/correctness/useExhaustiveDependencies: one editor for the life of the field; the rest is read from `latest`
  useLayoutEffect(() => {
    const element = place.current
    if (!element) return
    const tell = () => {
      window.clearTimeout(timer.current)
      timer.current = undefined
      if (!changed.current) return
      changed.current = false
      told.current = wordsOf(made.getJSON() as Node)
      latest.current.onChange(told.current)
    }
    const submit = () => {
      tell()
      latest.current.onSubmit()
      return true
    }
    const made = new Editor({
      element,
      content: setWords(words),
      injectCSS: false,
      extensions: extensionsFor({
        placeholder,
        keys: {
          'Mod-Enter': submit,
          // On words it is a link; anywhere else it stays what it is on every screen: the palette.
          'Mod-k': () => {
            if (made.state.selection.empty && !made.isActive('link')) return false
            element.dispatchEvent(new CustomEvent('link'))
            return true
          },
          Escape: () => {
            made.view.dom.blur()
            return true
          },
        },
      }),
      editorProps: {
        attributes: {
          class: styles.area ?? '',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': label,
          'aria-autocomplete': 'list',
          dir: 'auto',
        },
        transformPastedHTML: cleanPaste,
        handleKeyDown: (_view, event) => offerKey.current(event),
        handlePaste: (_view, event) => takeFiles(event.clipboardData, made, latest.current, event),
        handleDrop: (_view, event, _slice, moved) => {
          if (moved) return false
          const at = made.view.posAtCoords({ left: event.clientX, top: event.clientY })
          return takeFiles(event.dataTransfer, made, latest.current, event, at?.pos)
        },
      },
      onUpdate: () => {
        // The first key is told at once: a text that comes from the server later must not take its place.
        if (!changed.current) since.current = performance.now()
        changed.current = true
        if (told.current.text === '' || performance.now() - since.current > longest) return tell()
        window.clearTimeout(timer.current)
        timer.current = window.setTimeout(tell, pause)
      },
    })
    const unsettle = onSettle(tell)
    takeOverCaret(made, label)
    setEditor(made)
    return () => {
      unsettle()
      tell()
      made.destroy()
      setEditor(null)
    }
  }, [])

  // What came from elsewhere: the draft of another device, a taken-over one, an undone reply.
  useEffect(() => {
    if (!editor || sameWords(words, told.current)) return
    if (changed.current) return
    told.current = words
    const focused = editor.isFocused
    editor.commands.setContent(setWords(words), { emitUpdate: false })
    if (focused) editor.commands.focus('end')
  }, [editor, words])
  useEffect(() => {
    if (focusAsked > 0) editor?.commands.focus()
  }, [editor, focusAsked])
  useEffect(() => {
    const dom = editor?.view.dom
    if (!dom) return
    const set = (name: string, value: string | null) =>
      value === null ? dom.removeAttribute(name) : dom.setAttribute(name, value)
    set('aria-controls', offer.open ? listId : null)
    set('aria-activedescendant', offer.open ? `${listId}-${offer.active}` : null)
  }, [editor, offer.open, offer.active, listId])

  return (
    <>
      {editor && <Toolbar editor={editor} shown={formats} place={place} />}
      <div className={styles.around}>
        {offer.open && (
          <OfferList
            id={listId}
            label={label}
            found={offer.found}
            active={offer.active}
            onTake={offer.take}
          />
        )}
        <div ref={place} />
      </div>
    </>
  )
}
/** The letter after which the plain field was left. */
function takeOverCaret(editor: Editor, label: string) {
  const caret = takeCaret(label)
  if (!caret) return
  // A line end is one letter of the text and two places in the document.
  const placeOf = (offset: number) => offset + caret.text.slice(0, offset).split('\n').length
  const size = editor.state.doc.content.size
  editor.commands.setTextSelection({
    from: Math.min(placeOf(caret.start), size),
    to: Math.min(placeOf(caret.end), size),
  })
  editor.view.focus()
}

/** Pictures go between the words, other files along with them. Words that come with a picture of themselves (Word) win. */
function takeFiles(
  data: DataTransfer | null,
  editor: Editor,
  { onFiles, ...props }: RichAreaProps,
  event: Event,
  at?: number,
): boolean {
  const files = [...(data?.files ?? [])]
  if (files.length === 0) return false
  const html = data?.getData('text/html') ?? ''
  if (html.replace(/<[^>]*>/g, '').trim() !== '') return false
  event.preventDefault()
  event.stopPropagation()
  const others = files.filter((file) => !isPicture(file))
  if (others.length > 0) onFiles(others)
  for (const file of files.filter(isPicture)) void placePicture(editor, file, { onFiles, ...props }, at)
  return true
}

/** Where the caret was when it was dropped, wherever the words have moved until it has arrived. */
async function placePicture(editor: Editor, file: File, { onPicture }: RichAreaProps, at?: number) {
  let pos = at ?? editor.state.selection.to
  const follow = ({ transaction }: { transaction: { mapping: { map: (pos: number) => number } } }) => {
    pos = transaction.mapping.map(pos)
  }
  editor.on('transaction', follow)
  const src = await onPicture(file)
  editor.off('transaction', follow)
  if (!src || editor.isDestroyed) return
  const alt = file.name.replace(/\.[a-z]{3,4}$/i, '')
  editor.commands.insertContentAt(Math.min(pos, editor.state.doc.content.size), {
    type: 'image',
    attrs: { src, alt },
  })
}
