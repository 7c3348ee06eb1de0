import { onDemandAlone } from '#console/kit/onDemand.tsx'
import type { EraseDialogProps } from './EraseDialog.tsx'
import type { SealDialogProps } from './SealDialog.tsx'

/** Fetched when an administrator first asks for it. */
export const EraseDialog = onDemandAlone<EraseDialogProps>(
  async () => (await import('./EraseDialog.tsx')).EraseDialog,
)

export const SealDialog = onDemandAlone<SealDialogProps>(
  async () => (await import('./SealDialog.tsx')).SealDialog,
)
