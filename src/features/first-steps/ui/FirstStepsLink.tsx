import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCommands } from '#console/commands/useCommands.ts'
import { NavButton } from '#console/kit/Nav.tsx'
import { useRailTip } from '#console/shell/railFolded.ts'
import { firstStepsQuery, goFirstSteps, isShown, progressOf } from './firstSteps.ts'

/** In the rail, as long as something is left to do. */
export function FirstStepsLink({ commands }: { commands: boolean }) {
  const { t } = useTranslation('start')
  const railTip = useRailTip()
  const navigate = useNavigate()
  const { data } = useQuery(firstStepsQuery)
  const go = () => void navigate({ to: '/first-steps' })
  useCommands([{ command: goFirstSteps, off: !commands, run: go }])
  if (!isShown(data)) return null
  const { done, all } = progressOf(data)
  return (
    <NavButton icon="check" end={`${done}/${all}`} onClick={go} {...railTip(t('title'))}>
      {t('title')}
    </NavButton>
  )
}
