import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#console/kit/States.tsx'
import { Key } from '#console/kit/Tag.tsx'

// On a new desk the first steps stand here. Not for the first paint, and without a line nothing is missed.
const FirstStepsAside = lazy(
  (): Promise<{ default: ComponentType<{ children: ReactNode }> }> =>
    import('#features/first-steps/ui/FirstStepsAside.tsx').then(
      ({ FirstStepsAside }) => ({ default: FirstStepsAside }),
      () => ({ default: ({ children }) => children }),
    ),
)

export function NothingOpen() {
  return (
    <Suspense fallback={<ChooseOne />}>
      <FirstStepsAside>
        <ChooseOne />
      </FirstStepsAside>
    </Suspense>
  )
}

function ChooseOne() {
  const { t } = useTranslation('console')
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
