import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { del } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { EmptyState, ErrorState, Skeleton } from '#console/kit/States.tsx'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import type { FirstSteps as Given } from '../first-steps.contract.ts'
import { FirstSteps } from './FirstSteps.tsx'
import { firstStepsQuery } from './firstSteps.ts'

/** The first steps' own place; put away, they come back from here. */
export function FirstStepsPage() {
  const { t } = useTranslation('start')
  const client = useQueryClient()
  const query = useQuery(firstStepsQuery)
  if (!query.data)
    return query.isError ? (
      <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Skeleton lines={6} row={48} />
    )
  if (!query.data.dismissed) return <FirstSteps given={query.data} lead={<MenuButton />} />
  const bringBack = async () =>
    client.setQueryData(firstStepsQuery.queryKey, await del<Given>('/first-steps/dismissal'))
  return (
    <>
      <MenuButton />
      <EmptyState icon="check" heading title={t('awayTitle')} words={t('awayWords')}>
        <Button onClick={() => void bringBack()}>{t('again')}</Button>
      </EmptyState>
    </>
  )
}
