import type { ReactElement, ReactNode } from 'react'
import { type Openable, onDemand } from './onDemand.tsx'

export interface Choice {
  id: string
  label: string
  hint?: string
  lead?: ReactNode
}
export interface ComboboxShared extends Openable {
  /** The button that opens it. */
  trigger: ReactElement
  options: readonly Choice[]
  placeholder: string
}
export interface ComboboxProps extends ComboboxShared {
  value: string | null
  onChange: (id: string) => void
}
export interface MultiComboboxProps extends ComboboxShared {
  value: readonly string[]
  onChange: (ids: string[]) => void
  /** Offers what was typed when no option has it. */
  onCreate?: (label: string) => void
}

const trigger = { role: 'combobox', popup: 'dialog' } as const
/** One of many, found by typing: agents, teams. */
export const Combobox = onDemand<ComboboxProps>(
  async () => (await import('./ComboboxPopup.tsx')).ComboboxPopup,
  trigger,
)
/** Several of many: tags, team members. */
export const MultiCombobox = onDemand<MultiComboboxProps>(
  async () => (await import('./ComboboxPopup.tsx')).MultiComboboxPopup,
  trigger,
)
