import { useTranslation } from 'react-i18next'
import { Dialog } from '../kit/Dialog.tsx'
import { Key } from '../kit/Tag.tsx'
import styles from './KeyHelp.module.css'

const list = [
  ['j', 'next'],
  ['k', 'previous'],
  ['Enter', 'open'],
  ['u', 'back'],
  ['r', 'reply'],
  ['c', 'comment'],
  ['a', 'assign'],
  ['t', 'tag'],
  ['p', 'priority'],
  ['e', 'close'],
  ['z', 'snooze'],
  ['/', 'search'],
  ['g m', 'mine'],
  ['g u', 'unassigned'],
  ['g a', 'all'],
  ['g d', 'drafts'],
  ['?', 'help'],
] as const

export function KeyHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation('console')
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('keys')} words={t('keysWords')}>
      <dl className={styles.keys}>
        {list.map(([key, what]) => (
          <div key={key} className={styles.row}>
            <dt>
              {key.split(' ').map((part) => (
                <Key key={part}>{part}</Key>
              ))}
            </dt>
            <dd>{t(`key.${what}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
