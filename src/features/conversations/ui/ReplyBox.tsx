import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inboxesQuery } from '#console/api/directory.ts'
import { Button, IconButton } from '#console/kit/Button.tsx'
import { Menu, MenuChoice } from '#console/kit/Menu.tsx'
import { UploadList } from '#features/attachments/ui/UploadList.tsx'
import { useUploads } from '#features/attachments/ui/useUploads.ts'
import type { useDraft } from '#features/drafts/ui/useDraft.ts'
import { useSavedReplies } from '#features/saved-replies/ui/useSavedReplies.ts'
import type { Quote } from '../conversations.contract.ts'
import { AttachButton, DraftSaved, dropHandlers } from './boxParts.tsx'
import type { BoxProps } from './boxProps.ts'
import styles from './Composer.module.css'
import { Recipients } from './Recipients.tsx'
import { SendTrouble } from './SendTrouble.tsx'
import { useSend } from './useSend.ts'
import { WritingArea } from './WritingArea.tsx'

export type Then = 'wait' | 'close'
const keptThen = (inbox: string) => `foyer.then.${inbox}`

/** The answer to the customer. */
export function ReplyBox({
  conversation,
  focusAsked,
  lastSeen,
  onSeen,
  onNewer,
  draft,
}: BoxProps & { draft: ReturnType<typeof useDraft> }) {
  const { t } = useTranslation('console')
  const { content } = draft
  const [then, setThen] = useState<Then>(
    () => (localStorage.getItem(keptThen(conversation.inbox.id)) as Then) ?? 'wait',
  )
  const [quote, setQuote] = useState<Quote | null>(null)
  const uploads = useUploads((file) => draft.change({ attachments: [...content.attachments, file] }))
  const send = useSend({ conversation, draft, lastSeen, onSeen, onNewer, quote, then })
  const savedReplies = useSavedReplies(conversation)
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const inboxQuote = inboxes.find((inbox) => inbox.id === conversation.inbox.id)?.quote ?? 'last'
  const onItsWay = uploads.uploads.some((file) => file.error === null)
  const choose = (next: Then) => {
    localStorage.setItem(keptThen(conversation.inbox.id), next)
    setThen(next)
  }
  return (
    <div className={styles.box} {...dropHandlers(uploads.add)}>
      <Recipients conversation={conversation} content={content} onChange={draft.change} />
      <WritingArea
        label={t('replyText')}
        placeholder={t('replyPlaceholder')}
        value={content.text}
        onChange={(text) => draft.change({ text })}
        onFiles={uploads.add}
        onSubmit={() => void send.send()}
        focusAsked={focusAsked}
        suggestions={{ '/': savedReplies }}
      />
      <UploadList
        attachments={content.attachments}
        uploads={uploads.uploads}
        onRemove={(id) => draft.change({ attachments: content.attachments.filter((file) => file.id !== id) })}
        onDrop={uploads.drop}
      />
      <SendTrouble send={send} />
      <div className={styles.foot}>
        <AttachButton onFiles={uploads.add} />
        <Menu trigger={<IconButton name="quote" size="small" label={t('quote')} />}>
          <MenuChoice<Quote>
            value={quote ?? inboxQuote}
            onChange={setQuote}
            options={(['none', 'last', 'all'] as const).map((value) => ({
              value,
              label: t(`quote.${value}`),
            }))}
          />
        </Menu>
        <DraftSaved draft={draft} />
        <div className={styles.send}>
          <Button
            look="main"
            busy={send.busy}
            disabled={content.text.trim() === '' || onItsWay}
            onClick={() => void send.send()}
            title="Ctrl+Enter"
          >
            {t(`send.${then}`)}
          </Button>
          <Menu align="end" trigger={<IconButton look="main" name="chevron" label={t('sendHow')} />}>
            <MenuChoice<Then>
              value={then}
              onChange={choose}
              options={(['wait', 'close'] as const).map((value) => ({ value, label: t(`send.${value}`) }))}
            />
          </Menu>
        </div>
      </div>
    </div>
  )
}
