import { queryOptions } from '@tanstack/react-query'
import { keys, queryClient } from '#console/api/query.ts'
import { get, put } from '#console/api/request.ts'
import { defineCommand } from '#console/commands/registry.ts'
import type { FirstSteps } from '../first-steps.contract.ts'

export const firstStepsQuery = queryOptions({
  queryKey: keys.firstSteps,
  queryFn: ({ signal }) => get<FirstSteps>('/first-steps', { signal }),
})
export const goFirstSteps = defineCommand({
  id: 'go.first-steps',
  text: 'start:cmd.go',
  group: 'go',
  icon: 'check',
})

export const progressOf = ({ steps }: FirstSteps) => ({
  done: steps.filter((step) => step.done).length,
  all: steps.length,
})
/** Something is left to do, and nobody has put it away. */
export const isShown = (given: FirstSteps | undefined): given is FirstSteps =>
  given !== undefined && !given.dismissed && given.steps.some((step) => !step.done)

/** Nobody has written yet. */
export const isNew = (given: FirstSteps | undefined): boolean =>
  isShown(given) && given.steps.some(({ id, done }) => id === 'test-mail' && !done)

/** The list of keys is on screen: the step that asks to look at it is done. */
export function noteKeyboard(): void {
  const known = queryClient.getQueryData(firstStepsQuery.queryKey)
  if (known?.steps.some(({ id, done }) => id === 'keyboard' && !done))
    put<FirstSteps>('/first-steps/keyboard', {}).then(
      (next) => queryClient.setQueryData(firstStepsQuery.queryKey, next),
      () => {},
    )
}
