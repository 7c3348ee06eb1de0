import { useTranslation } from 'react-i18next'
import type { Openable } from '#console/kit/popups.ts'
import type { Comment, Message } from '../conversations.contract.ts'
import { WhatAndWhyDialog } from './WhatAndWhyDialog.tsx'

export interface EraseDialogProps extends Required<Openable> {
  item: Message | Comment
  number: number
}

/** What must not be anywhere any more: says what happens, and asks why. The one act that has no undo. */
export function EraseDialog(props: EraseDialogProps) {
  const { t } = useTranslation('erase')
  const { type, attachments } = props.item
  return (
    <WhatAndWhyDialog
      {...props}
      texts="erase"
      act="erasure"
      look="danger"
      icon="trash"
      words={t(type === 'message' ? 'words' : 'commentWords')}
      whole={t(type === 'message' ? 'wholeMessage' : 'wholeComment')}
      files={attachments}
    />
  )
}
