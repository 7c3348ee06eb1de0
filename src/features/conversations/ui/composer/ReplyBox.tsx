import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inboxesQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { IconButton } from '#console/kit/Button.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { useSettings } from '#console/shell/useSettings.ts'
import { emojiOffers } from '#console/writing/emoji.ts'
import { RichArea } from '#console/writing/RichArea.tsx'
import { settleWriting } from '#console/writing/settleWriting.ts'
import { boxOf } from '#features/attachments/ui/bringKept.ts'
import { UploadList } from '#features/attachments/ui/UploadList.tsx'
import { useUploads } from '#features/attachments/ui/useUploads.ts'
import { filesOf, isWordless } from '#features/drafts/ui/draftStore.ts'
import { SaveAsReply } from '#features/saved-replies/ui/SaveAsReply.tsx'
import { useSavedReplies } from '#features/saved-replies/ui/useSavedReplies.ts'
import type { Quote } from '../../conversations.contract.ts'
import styles from '../Composer.module.css'
import { AttachButton, DraftSaved, FormatsButton, pictureAddress, useDrop, useFormats } from './boxParts.tsx'
import type { DraftBoxProps } from './boxProps.ts'
import { Preview } from './Preview.tsx'
import { Recipients } from './Recipients.tsx'
import { SendButton } from './SendButton.tsx'
import { SendTrouble } from './SendTrouble.tsx'
import { messageBody, useSend } from './useSend.ts'

/** The answer to the customer. */
export function ReplyBox({
  conversation,
  focusAsked,
  lastSeen,
  onSeen,
  onNewer,
  draft,
  place,
}: DraftBoxProps) {
  const { t } = useTranslation('console')
  const { content } = draft
  // Remembered per person and inbox: set in the menu, not by what was done last.
  const settings = useSettings()
  const choice = useMe().settings.afterSending?.[conversation.inbox.id] ?? 'wait'
  const [quote, setQuote] = useState<Quote | null>(null)
  const [previewing, setPreviewing] = useState(false)
  const [saving, setSaving] = useState(false)
  const { formats, toggle } = useFormats()
  const uploads = useUploads(draft.attach, boxOf(conversation.number, 'draft'))
  const over = useDrop(place, uploads.add)
  const send = useSend({ conversation, draft, lastSeen, onSeen, onNewer, quote, choice })
  const savedReplies = useSavedReplies(conversation, () => setSaving(true))
  const offers = useMemo(() => ({ '/': savedReplies, ':': emojiOffers }), [savedReplies])
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const inboxQuote = inboxes.find((inbox) => inbox.id === conversation.inbox.id)?.quote ?? 'last'
  const onItsWay = uploads.uploads.some((file) => file.error === null)
  const wordless = isWordless(content)
  const body = () => {
    settleWriting()
    return messageBody(draft.now(), conversation, {
      lastSeen: lastSeen() ?? undefined,
      ...(quote ? { quote } : {}),
    })
  }
  return (
    <div className={styles.box} data-drop={over || undefined}>
      <Recipients conversation={conversation} content={content} onChange={draft.change} />
      <RichArea
        label={t('replyText')}
        placeholder={t('replyPlaceholder')}
        words={content}
        onChange={draft.change}
        onFiles={uploads.add}
        onPicture={async (file) => {
          const picture = await uploads.addPicture(file)
          return picture && pictureAddress(picture.id)
        }}
        onSubmit={() => void (onItsWay || send.send())}
        focusAsked={focusAsked}
        offers={offers}
        formats={formats}
      />
      <UploadList
        attachments={filesOf(content).filter((file) => !file.inline)}
        uploads={uploads.uploads}
        onRemove={draft.detach}
        onDrop={uploads.drop}
        onAgain={uploads.again}
      />
      <SendTrouble send={send} draft={draft} conversation={conversation} onNewer={onNewer} />
      <div className={styles.foot}>
        <AttachButton onFiles={uploads.add} />
        <FormatsButton formats={formats} onToggle={toggle} />
        <Menu trigger={<IconButton name="more" size="small" label={t('composer:boxMore')} />}>
          <MenuItem icon="eye" disabled={wordless} onClick={() => setPreviewing(true)}>
            {t('composer:preview')}
          </MenuItem>
          <MenuItem icon="star" disabled={wordless} onClick={() => setSaving(true)}>
            {t('composer:saveAsReply')}
          </MenuItem>
          <MenuSeparator />
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
        <SendButton
          conversation={conversation}
          choice={choice}
          once={content.then}
          busy={send.busy}
          disabled={wordless || onItsWay}
          onChoose={(next) => {
            settings.mutate({ afterSending: { [conversation.inbox.id]: next } })
            if (content.then) draft.change({ then: null })
          }}
          onOnce={(then) => draft.change({ then })}
          onSend={(later) => {
            settleWriting()
            void send.send(later ? { later } : {})
          }}
        />
      </div>
      {previewing && (
        <Preview
          number={conversation.number}
          body={body}
          files={filesOf(content)}
          onClose={() => setPreviewing(false)}
        />
      )}
      {saving && (
        <SaveAsReply words={draft.now()} conversation={conversation} onClose={() => setSaving(false)} />
      )}
    </div>
  )
}
