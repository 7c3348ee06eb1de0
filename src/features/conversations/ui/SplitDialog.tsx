import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { Checkbox } from '#console/kit/Checkbox.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import type { Openable } from '#console/kit/popups.ts'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Conversation, Item } from '../conversations.contract.ts'
import styles from './MergeDialog.module.css'
import { freshenMerged, mergeAll } from './mergeActs.ts'
import { conversationQuery } from './queries.ts'

export interface SplitDialogProps extends Required<Openable> {
  number: number
  /** the message it was asked at */
  item: string
}
type Said = Exclude<Item, { type: 'event' }>

/** What is another matter: chosen messages become a conversation of their own. */
export function SplitDialog({ number, item, open, onOpenChange }: SplitDialogProps) {
  const { t } = useTranslation(['merging', 'console'])
  const navigate = useNavigate()
  const { data } = useQuery({ ...conversationQuery(number), enabled: open })
  const said = (data?.items ?? []).filter(
    (each): each is Said => each.type === 'message' || (each.type === 'comment' && !each.deletedAt),
  )
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set([item]))
  const [typed, setTyped] = useState<string | null>(null)
  const first = said.find((each) => chosen.has(each.id) && each.type === 'message')
  const subject = typed ?? (first?.type === 'message' ? first.subject : null) ?? data?.subject ?? ''
  const stays = said.filter((each) => each.type === 'message' && !chosen.has(each.id)).length
  const older = data?.olderCursor !== null
  const form = useSubmit(async () => {
    const items = said.flatMap(({ id }) => (chosen.has(id) ? [id] : []))
    const made = await post<Conversation>(`/conversations/${number}/split`, {
      items,
      ...(subject.trim() ? { subject: subject.trim() } : {}),
    })
    onOpenChange(false)
    say(t('splitDone', { count: items.length, number: made.number }), {
      act: { label: t('console:undo'), run: () => void putBack(made.number, number) },
    })
    await freshenMerged([number, made.number])
    void navigate({ to: '/conversations/$number', params: { number: String(made.number) } })
  })
  const putBack = async (from: number, into: number) => {
    await mergeAll([from], into)
    void navigate({ to: '/conversations/$number', params: { number: String(into) } })
  }
  const toggle = (id: string, on: boolean) =>
    setChosen((old) => {
      const next = new Set(old)
      if (on) next.add(id)
      else next.delete(id)
      return next
    })
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('splitTitle')}
      words={t('splitWords')}
      wide
      foot={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('console:cancel')}</Button>
          <Button
            look="main"
            busy={form.busy}
            disabled={first === undefined || (stays === 0 && !older)}
            onClick={form.submit}
          >
            {t('splitAct')}
          </Button>
        </>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          form.submit()
        }}
      >
        <Field
          label={t('console:subject')}
          error={form.field('subject') ?? form.field('items') ?? form.words}
        >
          <Input value={subject} onChange={setTyped} maxLength={500} />
        </Field>
      </form>
      <fieldset className={styles.rows}>
        <legend className={styles.legend}>{t('splitWhich')}</legend>
        <div className={styles.list}>
          {said.map((each) => (
            <div key={each.id} className={styles.row} data-chosen={chosen.has(each.id) || undefined}>
              <Checkbox
                checked={chosen.has(each.id)}
                onChange={(on) => toggle(each.id, on)}
                label={
                  <span className={styles.main}>
                    <span className={styles.line}>
                      <bdi>{each.author.name ?? each.author.address ?? t('console:somebody')}</bdi>
                      {each.type === 'comment' && ` · ${t('console:internal')}`} · <Time at={each.at} />
                    </span>
                    <span className={styles.words}>
                      <bdi>{wordsOf(each) || t('console:noSubject')}</bdi>
                    </span>
                  </span>
                }
              />
            </div>
          ))}
        </div>
      </fieldset>
      {stays === 0 && !older && (
        <p className={styles.none} role="status">
          {t('splitAll')}
        </p>
      )}
    </Dialog>
  )
}

const wordsOf = (each: Said) =>
  (each.type === 'message' && each.fold ? each.text.slice(0, each.fold.from) : each.text).trim().slice(0, 200)
