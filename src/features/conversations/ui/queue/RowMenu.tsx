import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { ContextMenu } from '#console/kit/ContextMenu.tsx'
import { MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { say } from '#console/kit/Toast.tsx'
import { type Act, acts } from './acts.ts'
import type { Hands, Picker } from './useHands.ts'

/** Everything that can be done to a row; to all that are picked when it is one of them. */
export function RowMenu({ hands, view }: { hands: Hands; view: string }) {
  const { t } = useTranslation('queue')
  const me = useMe()
  if (!hands.menu) return null
  const { row, at } = hands.menu
  const among = hands.selection.numbers.has(row.number)
  const count = among ? hands.selection.numbers.size : 1
  const act = (what: Act) => (among ? hands.act(what) : hands.row.act(row, what))
  const choose = (picker: Picker) => () => hands.choose(row, picker)
  const closed = row.status.category === 'solved' || row.status.category === 'closed'
  const address = `/views/${view}/${row.number}`
  return (
    <ContextMenu
      open
      onOpenChange={(open) => !open && hands.closeMenu()}
      at={at}
      label={count > 1 ? t('picked', { count }) : row.subject}
    >
      {closed ? (
        <MenuItem icon="back" onClick={() => act(acts.reopen())}>
          {t('console:reopen')}
        </MenuItem>
      ) : (
        <MenuItem icon="check" onClick={() => act(acts.close())}>
          {t('console:closeConversation')}
        </MenuItem>
      )}
      <MenuItem icon="person" onClick={() => act(acts.assign({ id: me.id, name: me.name }))}>
        {t('take')}
      </MenuItem>
      <MenuItem icon="person" onClick={choose('assign')}>
        {t('more.assign')}
      </MenuItem>
      <MenuItem icon="team" onClick={choose('team')}>
        {t('more.team')}
      </MenuItem>
      <MenuItem icon="tag" onClick={choose('tag')}>
        {t('more.tag')}
      </MenuItem>
      <MenuItem icon="flag" onClick={choose('priority')}>
        {t('more.priority')}
      </MenuItem>
      <MenuItem icon="clock" onClick={choose('snooze')}>
        {t('more.snooze')}
      </MenuItem>
      <MenuItem icon="log" onClick={choose('status')}>
        {t('more.status')}
      </MenuItem>
      <MenuItem icon="link" onClick={choose('merge')}>
        {t('console:merge')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon="eye" onClick={() => act(acts.setRead(row.unread))}>
        {row.unread ? t('markRead') : t('console:markUnread')}
      </MenuItem>
      <MenuItem icon="warning" onClick={() => act(acts.setSpam(!row.spam))}>
        {row.spam ? t('console:notSpam') : t('console:toSpam')}
      </MenuItem>
      <MenuItem
        icon={row.trashed ? 'back' : 'trash'}
        danger={!row.trashed}
        onClick={() => act(acts.setTrashed(!row.trashed))}
      >
        {row.trashed ? t('console:fromTrash') : t('console:toTrash')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon="list" hint="x" onClick={() => hands.pick(row.number, false)}>
        {among ? t('pickOff') : t('pickOne')}
      </MenuItem>
      <MenuItem icon="external" onClick={() => window.open(address, '_blank', 'noopener')}>
        {t('newTab')}
      </MenuItem>
      <MenuItem
        icon="copy"
        onClick={() =>
          void navigator.clipboard
            ?.writeText(`${location.origin}/conversations/${row.number}`)
            .then(() => say(t('console:linkCopied')))
        }
      >
        {t('console:copyLink')}
      </MenuItem>
    </ContextMenu>
  )
}
