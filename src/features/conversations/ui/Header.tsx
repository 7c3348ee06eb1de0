import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showPalette } from '#console/commands/desk.ts'
import { runCommand } from '#console/commands/registry.ts'
import { keyHint, useCommand } from '#console/commands/useCommands.ts'
import { Avatar } from '#console/kit/Avatar.tsx'
import { BareButton, Button, IconButton } from '#console/kit/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { say } from '#console/kit/Toast.tsx'
import { tip } from '#console/kit/Tooltip.tsx'
import { useLine, usePresent } from '#console/live/useLive.ts'
import { MenuButton } from '#console/shell/MenuButton.tsx'
import type { Conversation } from '../conversations.contract.ts'
import { type Change, changes, useChange } from './changes.ts'
import { backToQueue, close as closeCommand, merge, notOurs } from './commands.ts'
import { useCloseAsk } from './composer/useCloseAsk.tsx'
import { Fields } from './Fields.tsx'
import styles from './Header.module.css'
import { MergeDialog } from './mergeWhenAsked.ts'
import { useNeighbours } from './neighbours.ts'
import { printConversation } from './Printing.tsx'
import { acts } from './queue/acts.ts'
import { doToMany } from './queue/bulkRun.ts'
import { HandoffLine, MergedLine, SpamLine, Strayed, WithWhom } from './rare.ts'

export function Header({
  conversation,
  onBack,
  onWho,
}: {
  conversation: Conversation
  onBack: (() => void) | null
  onWho: () => void
}) {
  const { t } = useTranslation('console')
  const { mutate } = useChange(conversation.number)
  const neighbours = useNeighbours()
  const line = useLine()
  const { ask, question } = useCloseAsk(conversation)
  const closed = conversation.status.category === 'solved' || conversation.status.category === 'closed'
  const close = () => {
    if (closed) return mutate(changes.reopen())
    ask(() => {
      // Without a line it waits with everything else; with one its undo puts back all that closing ended.
      if (line === 'on')
        void doToMany([conversation.number], acts.close(), () => neighbours?.open(conversation.number))
      else mutate(changes.close())
      if (!neighbours?.go(1)) neighbours?.leave()
    })
  }
  useCommand(closeCommand, close, {
    off: conversation.status.category === 'closed',
    words: closed ? t('reopen') : undefined,
  })
  return (
    <header className={styles.header}>
      <div className={styles.line}>
        {onBack ? (
          <span className={styles.back}>
            <IconButton name="back" label={t('toQueue')} keys={keyHint(backToQueue)} onClick={onBack} />
          </span>
        ) : (
          <MenuButton />
        )}
        <Subject conversation={conversation} onChange={mutate} />
        <Present number={conversation.number} />
        <span className={styles.whoButton}>
          <IconButton name="person" label={t('customer')} onClick={onWho} />
        </span>
        {conversation.status.category !== 'closed' && (
          <Button
            icon={closed ? 'reply' : 'check'}
            onClick={close}
            {...tip(t(closed ? 'reopen' : 'closeConversation'), keyHint(closeCommand))}
          >
            <span className={styles.closeWords}>{closed ? t('reopen') : t('closeConversation')}</span>
          </Button>
        )}
        <More conversation={conversation} onChange={mutate} />
      </div>
      <Fields conversation={conversation} onChange={mutate} />
      <Suspense>
        {conversation.strayed.length > 0 && <Strayed conversation={conversation} />}
        {conversation.consults.length > 0 && <WithWhom conversation={conversation} />}
        {conversation.merged.length > 0 && <MergedLine conversation={conversation} />}
        {conversation.spam && conversation.spamVerdict && (
          <SpamLine conversation={conversation} onNotSpam={() => mutate(changes.setSpam(false))} />
        )}
        <HandoffLine key={conversation.number} number={conversation.number} />
      </Suspense>
      {question}
    </header>
  )
}

function Subject({
  conversation,
  onChange,
}: {
  conversation: Conversation
  onChange: (change: Change) => void
}) {
  const { t } = useTranslation('console')
  const [typed, setTyped] = useState<string | null>(null)
  const done = () => {
    const next = typed?.trim()
    if (next && next !== conversation.subject) onChange(changes.rename(next))
    setTyped(null)
  }
  if (typed === null)
    return (
      <h1 className={styles.subject}>
        <BareButton
          className={styles.subjectButton}
          title={t('subjectChange')}
          onClick={() => setTyped(conversation.subject)}
        >
          {conversation.subject || t('noSubject')}
        </BareButton>
      </h1>
    )
  return (
    <h1 className={styles.subject}>
      <input
        className={styles.subjectInput}
        aria-label={t('subject')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={done}
        maxLength={500}
        // biome-ignore lint/a11y/noAutofocus: it was asked for by a click
        autoFocus
        onKeyDown={(event) => {
          if (event.key === 'Enter') done()
          if (event.key === 'Escape') setTyped(null)
        }}
      />
    </h1>
  )
}

function Present({ number }: { number: number }) {
  const { t } = useTranslation('console')
  return usePresent(number).map((person) => (
    <span
      key={person.agent}
      className={styles.present}
      data-doing={person.doing}
      title={t(`presence.${person.doing}`, { name: person.name })}
    >
      <Avatar name={person.name} size={24} />
      <span className={styles.hidden}>{t(`presence.${person.doing}`, { name: person.name })}</span>
    </span>
  ))
}

function More({
  conversation,
  onChange,
}: {
  conversation: Conversation
  onChange: (change: Change) => void
}) {
  const { t } = useTranslation('console')
  const neighbours = useNeighbours()
  const away = (change: Change, words: string, back: Change) => {
    onChange(change)
    const undo = () => {
      onChange(back)
      neighbours?.open(conversation.number)
    }
    say(words, { act: { label: t('undo'), run: undo } })
    if (!neighbours?.go(1)) neighbours?.leave()
  }
  const [merging, setMerging] = useState(false)
  useCommand(merge, () => setMerging(true))
  const { spam, trashed, following } = conversation
  const menu = (
    <Menu align="end" trigger={<IconButton name="more" label={t('more')} />}>
      <MenuItem icon="keyboard" hint={keyHint(showPalette)} onClick={() => runCommand(showPalette)}>
        {t('allActions')}
      </MenuItem>
      <MenuItem icon={following ? 'close' : 'eye'} onClick={() => onChange(changes.setFollowing(!following))}>
        {following ? t('unfollow') : t('follow')}
      </MenuItem>
      <MenuItem
        icon="inbox"
        onClick={() => {
          neighbours?.leave()
          onChange(changes.setUnread(true))
        }}
      >
        {t('markUnread')}
      </MenuItem>
      <MenuItem
        icon="copy"
        onClick={() => {
          void navigator.clipboard
            ?.writeText(`${location.origin}/conversations/${conversation.number}`)
            .then(() => say(t('linkCopied')))
        }}
      >
        {t('copyLink')}
      </MenuItem>
      <MenuItem icon="print" hint={keyHint(printConversation)} onClick={() => runCommand(printConversation)}>
        {t('timeline:print')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon="link" hint={keyHint(merge)} onClick={() => setMerging(true)}>
        {t('merge')}
      </MenuItem>
      <MenuItem icon="team" hint={keyHint(notOurs)} onClick={() => runCommand(notOurs)}>
        {t('notOurs')}
      </MenuItem>
      {spam ? (
        <MenuItem icon="check" onClick={() => onChange(changes.setSpam(false))}>
          {t('notSpam')}
        </MenuItem>
      ) : (
        <MenuItem
          icon="warning"
          onClick={() => away(changes.setSpam(true), t('spamDone'), changes.setSpam(false))}
        >
          {t('toSpam')}
        </MenuItem>
      )}
      {trashed ? (
        <MenuItem icon="back" onClick={() => onChange(changes.setTrashed(false))}>
          {t('fromTrash')}
        </MenuItem>
      ) : (
        <MenuItem
          icon="trash"
          danger
          onClick={() => away(changes.setTrashed(true), t('trashDone'), changes.setTrashed(false))}
        >
          {t('toTrash')}
        </MenuItem>
      )}
    </Menu>
  )
  return (
    <>
      {menu}
      <MergeDialog conversations={[conversation]} open={merging} onOpenChange={setMerging} />
    </>
  )
}
