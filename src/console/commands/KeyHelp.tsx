import { Dialog } from '../kit/Dialog.tsx'
import { Key } from '../kit/Tag.tsx'
import styles from './KeyHelp.module.css'
import { caps } from './keyOf.ts'
import { listedOnce } from './listedOnce.ts'
import { allCommands, type Command, groups } from './registry.ts'
import { hasWords, useCommandWords } from './useCommandWords.ts'

/** The list behind `?`: every command that has a key, group by group, whether it works here or not. */
export function KeyHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useCommandWords()
  const listed = listedOnce(allCommands().filter(hasWords))
  return (
    <Dialog wide open={open} onOpenChange={onOpenChange} title={t('frame:keys')} words={t('frame:keysWords')}>
      <div className={styles.groups}>
        {groups.map((group) => {
          const rows = listed.filter((command) => command.group === group)
          return (
            rows.length > 0 && (
              <section key={group} className={styles.group}>
                <h3 className={styles.name}>{t(`frame:group.${group}`)}</h3>
                <dl>
                  {rows.map((command) => (
                    <Row key={command.id} command={command} words={t(command.text)} or={t('frame:or')} />
                  ))}
                </dl>
              </section>
            )
          )
        })}
      </div>
    </Dialog>
  )
}

function Row({ command, words, or }: { command: Command; words: string; or: string }) {
  return (
    <div className={styles.row}>
      <dt>{words}</dt>
      {command.keys?.map((keys, index) => (
        <dd key={keys}>
          {index > 0 && <span className={styles.or}>{or}</span>}
          {caps(keys).map((cap) => (
            <Key key={cap}>{cap}</Key>
          ))}
        </dd>
      ))}
    </div>
  )
}
