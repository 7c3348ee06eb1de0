import { onDemandAlone } from '#console/kit/onDemand.tsx'
import type { MergeDialogProps } from './MergeDialog.tsx'
import type { SplitDialogProps } from './SplitDialog.tsx'

export const MergeDialog = onDemandAlone<MergeDialogProps>(
  async () => (await import('./MergeDialog.tsx')).MergeDialog,
)
export const SplitDialog = onDemandAlone<SplitDialogProps>(
  async () => (await import('./SplitDialog.tsx')).SplitDialog,
)
