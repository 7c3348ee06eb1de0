import { onDemandAlone } from './onDemand.tsx'
import type { ViewerProps } from './popups.ts'

/** One thing over the whole window: a picture, a file. */
export const Viewer = onDemandAlone<ViewerProps>(async () => (await import('./ViewerPopup.tsx')).ViewerPopup)
