import { onDemand } from './onDemand.tsx'
import type { ComboboxProps, MultiComboboxProps } from './popups.ts'

export type { Choice } from './popups.ts'

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
