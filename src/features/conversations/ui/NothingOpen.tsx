import { useQuery } from '@tanstack/react-query'
import { type ComponentType, lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#console/kit/States.tsx'
import { Key } from '#console/kit/Tag.tsx'
import type { FirstSteps as Given } from '#features/first-steps/first-steps.contract.ts'
import { firstStepsQuery, isShown } from '#features/first-steps/ui/firstSteps.ts'
import { useNeighbours } from './neighbours.ts'

// On a new desk the first steps stand here. Not for the first paint, and without a line nothing is missed.
const FirstSteps = lazy(async (): Promise<{ default: ComponentType<{ given: Given }> }> => {
  await new Promise((done) => window.setTimeout(done, 1000))
  return import('#features/first-steps/ui/FirstSteps.tsx').then(
    ({ FirstSteps }) => ({ default: FirstSteps }),
    () => ({ default: ChooseOne }),
  )
})

export function NothingOpen() {
  const { data } = useQuery(firstStepsQuery)
  if (!isShown(data)) return <ChooseOne />
  return (
    <Suspense fallback={<ChooseOne />}>
      <FirstSteps given={data} />
    </Suspense>
  )
}

function ChooseOne() {
  const { t } = useTranslation('console')
  // The empty list says itself what there is to do.
  if (useNeighbours()?.numbers.length === 0) return null
  return (
    <EmptyState
      title={t('nothingOpen')}
      words={
        <>
          <Key>j</Key> <Key>k</Key> {t('nothingOpenMove')} <Key>Enter</Key> {t('nothingOpenOpen')}
        </>
      }
    />
  )
}
