import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/** ms between tries: a second, doubling to half a minute */
const first = 1000
const longest = 30_000

/** Fetches until it is there: a part that cannot be had while the server is away must not take the page with it. */
export async function surely<T>(load: () => Promise<T>): Promise<T> {
  for (let pause = first; ; pause = Math.min(pause * 2, longest)) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}

/** A part fetched when it is first shown; what stands around it waits as long as that takes. */
export const lazily = <P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> =>
  lazy(async () => ({ default: await surely(load) }))
