import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { FirstSteps } from './FirstSteps.tsx'
import { firstStepsQuery, isShown } from './firstSteps.ts'

/** Beside a list, as long as something is left to do; else what stands there otherwise. */
export function FirstStepsAside({ children }: { children: ReactNode }) {
  const { data } = useQuery(firstStepsQuery)
  return isShown(data) ? <FirstSteps given={data} /> : children
}
