// What the editor can do is what mail survives: no headings, no colours, no fonts, no tables.
import { Extension, mergeAttributes, Node } from '@tiptap/core'
import { Image } from '@tiptap/extension-image'
import { Placeholder } from '@tiptap/extensions'
import { StarterKit } from '@tiptap/starter-kit'
import i18next from 'i18next'
import styles from './RichArea.module.css'

/** "customer's first name", with the word that stands there when it is unknown. */
function blankWords(inner: string): string {
  const [name = '', fallback] = inner.split('|').map((part) => part.trim())
  const words = i18next.t(`composer:variable.${name}`, { defaultValue: name })
  return fallback ? `${words} | ${fallback}` : words
}

/** A variable without a value. */
const Blank = Node.create({
  name: 'blank',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    name: {
      default: '',
      parseHTML: (element: HTMLElement) => element.dataset.blank ?? '',
      renderHTML: ({ name }: { name: string }) => ({ 'data-blank': name }),
    },
  }),
  parseHTML: () => [{ tag: 'span[data-blank]' }],
  renderHTML: ({ HTMLAttributes, node }) => [
    'span',
    mergeAttributes(HTMLAttributes, { class: styles.blank }),
    blankWords(String(node.attrs.name)),
  ],
  renderText: ({ node }) => `{{${node.attrs.name}}}`,
})

export function extensionsFor({
  placeholder,
  keys,
}: {
  placeholder: string
  keys: Record<string, () => boolean>
}) {
  return [
    // Before the kit's own keys: Ctrl+Enter sends and breaks no line.
    Extension.create({ name: 'deskKeys', priority: 1000, addKeyboardShortcuts: () => keys }),
    StarterKit.configure({
      heading: false,
      horizontalRule: false,
      underline: false,
      trailingNode: false,
      link: {
        openOnClick: false,
        autolink: true,
        linkOnPaste: true,
        defaultProtocol: 'https',
        protocols: ['mailto', 'tel'],
        HTMLAttributes: { rel: null, target: null, class: null },
      },
      dropcursor: { color: 'var(--accent)', width: 2 },
    }),
    Image.configure({ inline: true, allowBase64: false }),
    Blank,
    Placeholder.configure({ placeholder }),
  ]
}
