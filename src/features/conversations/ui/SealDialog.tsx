import { useTranslation } from 'react-i18next'
import type { Openable } from '#console/kit/popups.ts'
import type { Message } from '../conversations.contract.ts'
import { WhatAndWhyDialog } from './WhatAndWhyDialog.tsx'

export interface SealDialogProps extends Required<Openable> {
  item: Message
  number: number
}

/** What few should read goes out of sight, with a reason. */
export function SealDialog(props: SealDialogProps) {
  const { t } = useTranslation('seal')
  return (
    <WhatAndWhyDialog
      {...props}
      texts="seal"
      act="seal"
      look="main"
      icon="lock"
      words={t('words')}
      whole={t('wholeMessage')}
      files={props.item.attachments.filter((file) => !file.seal)}
    />
  )
}
