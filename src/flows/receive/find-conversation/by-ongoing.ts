import type { Finder } from './finder.ts'

/** A channel without threads vouches for its sender: what he writes there goes on where it was. */
export const byOngoing: Finder = {
  name: 'ongoing',
  signed: true,
  candidates: (_receiving, { ongoing }) => (ongoing ? [ongoing] : []),
}
