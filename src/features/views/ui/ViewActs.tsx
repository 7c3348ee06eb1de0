import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { IconButton } from '#console/kit/Button.tsx'
import { lazily } from '#console/kit/lazily.ts'
import { Menu, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import type { View } from '../views.contract.ts'
import { moveView, removeView } from './changeViews.ts'

const SaveView = lazily(async () => (await import('./SaveView.tsx')).SaveView)

/** What can be done to a saved view in the rail: its place is one's own, the rest its owner's to change. */
export function ViewActs({
  view,
  first,
  last,
  stay,
}: {
  view: View
  first: boolean
  last: boolean
  /** Changing it does not go to it. */
  stay?: boolean
}) {
  const { t } = useTranslation('queue')
  const me = useMe()
  const [editing, setEditing] = useState(false)
  const mayEdit =
    view.scope === 'me' ||
    me.role === 'admin' ||
    (view.scope === 'team' && me.teams.some((team) => team.id === view.team))
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton name="more" size="small" label={t('viewActs', { name: view.name })} />}
      >
        <MenuItem disabled={first} onClick={() => void moveView(view, -1)}>
          {t('moveUp')}
        </MenuItem>
        <MenuItem disabled={last} onClick={() => void moveView(view, 1)}>
          {t('moveDown')}
        </MenuItem>
        {mayEdit && (
          <>
            <MenuSeparator />
            <MenuItem icon="pencil" onClick={() => setEditing(true)}>
              {t('viewEdit')}
            </MenuItem>
            <MenuItem icon="trash" danger onClick={() => void removeView(view)}>
              {t('console:delete')}
            </MenuItem>
          </>
        )}
      </Menu>
      {editing && (
        <Suspense>
          <SaveView view={view} stay={stay} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </>
  )
}
