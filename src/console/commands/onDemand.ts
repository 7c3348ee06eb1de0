// The palette and the list of keys with their words: not for the first paint, but there before the first key asks.
import i18next from 'i18next'
import { onDemandAlone } from '../kit/onDemand.tsx'
import { textNamespaces } from './registry.ts'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
}
const withTexts = async <T>(part: Promise<T>): Promise<T> =>
  (await Promise.all([part, i18next.loadNamespaces(textNamespaces())]))[0]
export const KeyHelp = onDemandAlone<Props>(async () => (await withTexts(import('./KeyHelp.tsx'))).KeyHelp)
export const Palette = onDemandAlone<Props>(async () => (await withTexts(import('./Palette.tsx'))).Palette)
