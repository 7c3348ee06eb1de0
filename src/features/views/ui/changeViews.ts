// What can be done to saved views from the rail and their dialog.
import i18next from 'i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del, post, put } from '#console/api/request.ts'
import { say } from '#console/kit/Toast.tsx'
import type { View } from '../views.contract.ts'

const freshen = () => queryClient.invalidateQueries({ queryKey: keys.views })

/** Gone at once; the undo makes it again. */
export async function removeView(view: View): Promise<void> {
  queryClient.setQueryData<View[]>(keys.views, (old) => old?.filter((each) => each.id !== view.id))
  try {
    await del(`/views/${view.id}`)
    const { name, scope, team, filters, sort } = view
    say(i18next.t('queue:viewRemoved', { name }), {
      act: {
        label: i18next.t('console:undo'),
        run: () =>
          void post('/views', { name, scope, team, filters, sort }).then(freshen, (error) =>
            say(reasonOf(error), { tone: 'broken' }),
          ),
      },
    })
  } catch (error) {
    say(reasonOf(error), { tone: 'broken' })
  }
  await freshen()
}

/** One place up (-1) or down (1) among the saved ones, for oneself alone. */
export async function moveView(view: View, by: -1 | 1): Promise<void> {
  const from = savedOnes().findIndex((each) => each.id === view.id)
  if (from >= 0) await placeView(from, from + by)
}

/** From one place among the saved ones to another, for oneself alone; back again when the server refuses. */
export async function placeView(from: number, to: number): Promise<void> {
  const all = queryClient.getQueryData<View[]>(keys.views) ?? []
  const saved = savedOnes()
  const view = saved[from]
  if (!view || to < 0 || to >= saved.length || to === from) return
  const next = saved.toSpliced(from, 1).toSpliced(to, 0, view)
  queryClient.setQueryData<View[]>(keys.views, [...all.filter((each) => each.builtIn), ...next])
  try {
    await put('/views/order', { views: next.map((each) => each.id) })
  } catch (error) {
    queryClient.setQueryData<View[]>(keys.views, all)
    say(reasonOf(error), { tone: 'broken' })
    await freshen()
  }
}
const savedOnes = () => (queryClient.getQueryData<View[]>(keys.views) ?? []).filter((view) => !view.builtIn)
