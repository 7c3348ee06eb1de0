import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'

export interface RouteOptions {
  /** works until nothing is due any more */
  settle(): Promise<void>
}

/** Every feature's routes, and those of the flows. */
export function addRoutes(_app: App, _house: House, _options: RouteOptions): void {}
