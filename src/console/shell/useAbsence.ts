import { useMutation } from '@tanstack/react-query'
import type { Me } from '#features/agents/agents.contract.ts'
import { reasonOf } from '../api/ApiError.ts'
import { useMe } from '../api/me.ts'
import { keys, queryClient } from '../api/query.ts'
import { del, put } from '../api/request.ts'
import { say } from '../kit/Toast.tsx'

const now = () => new Date().toISOString()
const isAway = ({ awayFrom, awayUntil }: Me, at: string) =>
  (awayFrom !== null || awayUntil !== null) &&
  (awayFrom ?? '') <= at &&
  (awayUntil === null || awayUntil > at)

/** Whether I am away, and the switch for it. Shows at once. */
export function useAbsence(): { away: boolean; setAway: (away: boolean) => void } {
  const me = useMe()
  const change = useMutation({
    mutationFn: (away: boolean) => (away ? put<Me>('/me/absence', {}) : del<Me>('/me/absence')),
    onMutate: (away) =>
      queryClient.setQueryData<Me>(
        keys.me,
        (old) => old && { ...old, awayFrom: away ? now() : null, awayUntil: null },
      ),
    onError: (error) => {
      say(reasonOf(error), { tone: 'broken' })
      void queryClient.invalidateQueries({ queryKey: keys.me })
    },
  })
  return { away: isAway(me, now()), setAway: (away) => change.mutate(away) }
}
