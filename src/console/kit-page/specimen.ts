import type { ReactNode } from 'react'

/** A part of the kit in its states. */
export interface Specimen {
  name: string
  show: () => ReactNode
}
