import { type ReactNode, Suspense, useState } from 'react'
import { useMe } from '#console/api/me.ts'
import { lazily } from '#console/kit/lazily.ts'
import { isEmpty, read } from '#features/drafts/ui/draftStore.ts'
import type { Conversation } from '../../conversations.contract.ts'
import { loadBoxes } from './loadBoxes.ts'

const CloseAsk = lazily(async () => (await loadBoxes()).CloseAsk)

/** Runs an act at once where nobody writes, else when the person has said so. */
export function useCloseAsk(conversation: Conversation): {
  ask: (act: () => void) => void
  question: ReactNode
} {
  const me = useMe()
  const [act, setAct] = useState<(() => void) | null>(null)
  const ask = (run: () => void) => {
    const mine = !isEmpty(read(conversation.number, 'draft').content)
    const theirs = conversation.drafts.some(({ agent }) => agent.id !== me.id)
    if (mine || theirs) setAct(() => run)
    else run()
  }
  const question = act && (
    <Suspense>
      <CloseAsk
        conversation={conversation}
        onAnswer={(close) => {
          setAct(null)
          if (close) act()
        }}
      />
    </Suspense>
  )
  return { ask, question }
}
