import { Fragment, useState } from 'react'
import { FoldButton } from './FoldButton.tsx'
import { linked } from './linked.ts'
import styles from './Words.module.css'

/** Plain text with its links alive, and its quoted history and signature folded. */
export function Words({ text, fold }: { text: string; fold?: { from: number; to: number } | null }) {
  const [open, setOpen] = useState(false)
  const folds = fold && fold.from < fold.to && text.slice(fold.from, fold.to).trim() !== ''
  if (!folds) return <Plain text={text.trimEnd()} />
  const before = text.slice(0, fold.from).trimEnd()
  const after = text.slice(fold.to).trim()
  return (
    <div>
      {before && <Plain text={before} />}
      <FoldButton open={open} onChange={setOpen} />
      {open && (
        <div className={styles.folded}>
          <Plain text={text.slice(fold.from, fold.to).trim()} />
        </div>
      )}
      {after && <Plain text={after} />}
    </div>
  )
}

function Plain({ text }: { text: string }) {
  return (
    <div className={styles.text} dir="auto">
      {linked(text).map((part) => (
        <Fragment key={part.at}>
          {part.href ? (
            <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
              {part.text}
            </a>
          ) : (
            part.text
          )}
        </Fragment>
      ))}
    </div>
  )
}
