import Type from 'typebox'
import { refuse } from '#platform/errors/refuse.ts'
import type { App } from '#platform/http/http.ts'
import { Nullable, Time } from '../../shared/wire.ts'
import type { Simulator } from './simulate.ts'

const State = Type.Object({
  on: Type.Boolean({ description: 'the demo’s customers write by themselves' }),
  paused: Type.Boolean(),
  until: Nullable(Time),
})

/** Whether this desk's customers are played, and a way to have quiet. */
export function addSimulatorRoutes(app: App, simulator: () => Simulator | null): void {
  const show = () => {
    const played = simulator()
    return played ? played.state() : { on: false, paused: false, until: null }
  }
  const route = (summary: string) => ({
    config: { who: 'agent' as const },
    schema: { summary, tags: ['Demo'], response: { 200: State } },
  })
  const pause = (paused: boolean) => async () => {
    const played = simulator() ?? refuse('not_found')
    played.pause(paused)
    return show()
  }
  app.get('/api/v1/demo', route('Whether the customers of this desk are played'), async () => show())
  app.put('/api/v1/demo/pause', route('Keeps the played customers quiet'), pause(true))
  app.delete('/api/v1/demo/pause', route('Lets them write again'), pause(false))
}
