import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { keyHint } from '#console/commands/useCommands.ts'
import { IconButton } from '#console/kit/Button.tsx'
import { copyText } from '#console/kit/CopyText.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { onDemandAlone } from '#console/kit/onDemand.tsx'
import type { Message } from '../conversations.contract.ts'
import { forward } from './commands.ts'
import { askForward } from './composer/forwarding.ts'
import { EraseDialog, SealDialog } from './eraseWhenAsked.ts'
import { itemLink } from './itemLink.ts'
import { SplitDialog } from './mergeWhenAsked.ts'
import { quoteInReply } from './quoting.ts'
import type { SourceViewerProps } from './SourceViewer.tsx'
import { copyLink } from './useItemCommands.ts'

const SourceViewer = onDemandAlone<SourceViewerProps>(
  async () => (await import('./SourceViewer.tsx')).SourceViewer,
)

/** What can be done with one message. */
export function MessageActs({ message, number }: { message: Message; number: number }) {
  const { t } = useTranslation('timeline')
  const [source, setSource] = useState(false)
  const [erasing, setErasing] = useState(false)
  const [splitting, setSplitting] = useState(false)
  const [sealing, setSealing] = useState(false)
  const me = useMe()
  const admin = me.role === 'admin'
  const failed = t('console:copyFailed')
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton name="more" size="small" label={t('console:messageActs')} data-message-acts="" />
        }
      >
        <MenuItem icon="quote" onClick={() => quoteInReply(number, message)}>
          {t('quoteInReply')}
        </MenuItem>
        <MenuItem
          icon="forward"
          hint={keyHint(forward)}
          onClick={() => askForward({ number, item: message.id })}
        >
          {t('console:forward')}
        </MenuItem>
        <MenuItem icon="external" onClick={() => setSplitting(true)}>
          {t('split')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon="copy" onClick={() => void copyText(message.text, t('console:textCopied'), failed)}>
          {t('console:copyText')}
        </MenuItem>
        <MenuItem
          icon="external"
          hint={keyHint(copyLink)}
          onClick={() => void copyText(itemLink(number, message.id), t('console:linkCopied'), failed)}
        >
          {t('console:copyLink')}
        </MenuItem>
        {message.medium === 'mail' && (admin || me.rights.includes('source')) && (
          <MenuItem icon="log" onClick={() => setSource(true)}>
            {t('console:rawSource')}
          </MenuItem>
        )}
        {(admin || !message.sealed) && <MenuSeparator />}
        {!message.sealed && (
          <MenuItem icon="lock" onClick={() => setSealing(true)}>
            {t('sealMenu')}
          </MenuItem>
        )}
        {admin && (
          <MenuItem danger icon="trash" onClick={() => setErasing(true)}>
            {t('erase')}
          </MenuItem>
        )}
      </Menu>
      <SplitDialog number={number} item={message.id} open={splitting} onOpenChange={setSplitting} />
      <SealDialog item={message} number={number} open={sealing} onOpenChange={setSealing} />
      {admin && <EraseDialog item={message} number={number} open={erasing} onOpenChange={setErasing} />}
      <SourceViewer message={message.id} open={source} onOpenChange={setSource} />
    </>
  )
}
