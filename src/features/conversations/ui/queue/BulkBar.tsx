import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { useCommands } from '#console/commands/useCommands.ts'
import { Button, IconButton } from '#console/kit/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { MergeDialog } from '../mergeWhenAsked.ts'
import { acts } from './acts.ts'
import styles from './BulkBar.module.css'
import { stopRun } from './bulkRun.ts'
import {
  assignPicked,
  closePicked,
  mergePicked,
  pickNone,
  priorityPicked,
  readPicked,
  snoozePicked,
  spamPicked,
  statusPicked,
  tagPicked,
  teamPicked,
  trashPicked,
  unreadPicked,
} from './commands.ts'
import {
  AssignPicker,
  PriorityPicker,
  SnoozePicker,
  StatusPicker,
  TagPicker,
  TeamPicker,
} from './pickers.tsx'
import type { Hands, Picker } from './useHands.ts'

/** At the foot of the queue while rows are picked: what can be done to all of them. */
export function BulkBar({ hands, view }: { hands: Hands; view: string }) {
  const { t } = useTranslation('queue')
  const { running } = hands
  return (
    <section className={styles.bar} aria-label={t('bulk')}>
      {running ? (
        <div className={styles.top}>
          <span role="status" className={styles.words}>
            {t(running.stopping ? 'stopping' : 'progress', { done: running.done, total: running.total })}
          </span>
          <progress className={styles.progress} max={running.total} value={running.done} aria-hidden="true" />
          <Button size="small" disabled={running.stopping} onClick={stopRun}>
            {t('stop')}
          </Button>
        </div>
      ) : (
        <Picked hands={hands} view={view} />
      )}
    </section>
  )
}

function Picked({ hands, view }: { hands: Hands; view: string }) {
  const { t } = useTranslation('queue')
  const me = useMe()
  const { selection, act, setPicker } = hands
  const count = selection.numbers.size
  const picked = hands.rows.filter(({ number }) => selection.numbers.has(number))
  const open = (picker: Picker) => () => setPicker(picker)
  useCommands([
    { command: closePicked, run: () => act(acts.close()) },
    { command: assignPicked, run: open('assign') },
    { command: teamPicked, run: open('team') },
    { command: tagPicked, run: open('tag') },
    { command: priorityPicked, run: open('priority') },
    { command: snoozePicked, run: open('snooze') },
    { command: statusPicked, run: open('status') },
    { command: readPicked, run: () => act(acts.setRead(true)) },
    { command: unreadPicked, run: () => act(acts.setRead(false)) },
    { command: spamPicked, run: () => act(acts.setSpam(view !== 'spam')) },
    { command: trashPicked, run: () => act(acts.setTrashed(view !== 'trash')) },
    {
      command: mergePicked,
      run: () => (picked.length === count && count <= 20 ? setPicker('merge') : false),
    },
    { command: pickNone, run: hands.clear },
  ])
  return (
    <>
      <div className={styles.top}>
        <span role="status" className={styles.words}>
          {selection.all ? t('pickedAll', { count }) : t('picked', { count })}
        </span>
        {!selection.all && (
          <Button look="quiet" size="small" onClick={() => void hands.pickAll()}>
            {t('pickAll')}
          </Button>
        )}
        <IconButton name="close" size="small" label={t('pickNone')} keys="Esc" onClick={hands.clear} />
      </div>
      <div className={styles.acts}>
        <Button size="small" icon="check" onClick={() => act(acts.close())}>
          <span className={styles.closeWord}>{t('console:closeConversation')}</span>
        </Button>
        <AssignPicker hands={hands} />
        <TeamPicker hands={hands} />
        <TagPicker hands={hands} />
        <PriorityPicker hands={hands} />
        <SnoozePicker hands={hands} />
        <StatusPicker hands={hands} />
        <Menu
          align="end"
          open={hands.picker === 'more'}
          onOpenChange={(open) => setPicker(open ? 'more' : null)}
          trigger={<IconButton name="more" size="small" label={t('console:more')} />}
        >
          <MenuItem icon="person" onClick={() => act(acts.assign({ id: me.id, name: me.name }))}>
            {t('take')}
          </MenuItem>
          <MenuItem icon="eye" onClick={() => act(acts.setRead(true))}>
            {t('markRead')}
          </MenuItem>
          <MenuItem icon="inbox" onClick={() => act(acts.setRead(false))}>
            {t('console:markUnread')}
          </MenuItem>
          {picked.length === count && count <= 20 && (
            <MenuItem icon="link" hint="m" onClick={() => window.setTimeout(open('merge'), 60)}>
              {t('console:merge')}
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem icon="warning" onClick={() => act(acts.setSpam(view !== 'spam'))}>
            {view === 'spam' ? t('console:notSpam') : t('console:toSpam')}
          </MenuItem>
          <MenuItem
            icon={view === 'trash' ? 'back' : 'trash'}
            danger={view !== 'trash'}
            onClick={() => act(acts.setTrashed(view !== 'trash'))}
          >
            {view === 'trash' ? t('console:fromTrash') : t('console:toTrash')}
          </MenuItem>
        </Menu>
      </div>
      <MergeDialog
        key={picked.map(({ number }) => number).join()}
        conversations={picked}
        open={hands.picker === 'merge' && picked.length > 0}
        onOpenChange={(on) => setPicker(on ? 'merge' : null)}
        onMerged={hands.clear}
      />
    </>
  )
}
