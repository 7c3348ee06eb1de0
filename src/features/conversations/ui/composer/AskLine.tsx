import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import { Checkbox } from '#console/kit/Checkbox.tsx'
import { Icon } from '#console/kit/Icon.tsx'
import { Popover } from '#console/kit/Popover.tsx'
import { Select } from '#console/kit/Select.tsx'
import type { NewConsult } from '#features/consults/consults.contract.ts'
import type { OpenedConversation } from '../../conversations.contract.ts'
import styles from './AskLine.module.css'
import { AskPreview } from './AskPreview.tsx'
import type { Asked } from './asking.ts'

export type AnswerIn = '1' | '4' | '8' | '24' | '72'
const times: readonly AnswerIn[] = ['1', '4', '8', '24', '72']

export interface AskHow {
  answerIn: AnswerIn
  message: boolean
  thread: boolean
  files: string[]
}
export const usualHow: AskHow = { answerIn: '4', message: true, thread: true, files: [] }

/** Who is asked by mail, and behind a button what goes along. */
export function AskLine({
  asked,
  how,
  onChange,
  conversation,
  body,
}: {
  asked: Asked[]
  how: AskHow
  onChange: (how: AskHow) => void
  conversation: OpenedConversation
  body: () => NewConsult
}) {
  const { t } = useTranslation('asked')
  const [shown, setShown] = useState(false)
  const files = conversation.items.flatMap((item) =>
    item.type === 'message' ? item.attachments.filter((file) => !file.inline && !file.seal) : [],
  )
  const set = (change: Partial<AskHow>) => onChange({ ...how, ...change })
  return (
    <div className={styles.line} role="status">
      <Icon name="mail" size={14} />
      <span className={styles.words}>
        {t('asksByMail')}{' '}
        {asked.map(({ name }, n) => (
          <span key={name}>
            {n > 0 && ', '}
            <bdi>{name}</bdi>
          </span>
        ))}
      </span>
      <Popover
        label={t('askOptions')}
        align="end"
        trigger={
          <Button look="quiet" size="small" icon="settings">
            {t('askOptions')}
          </Button>
        }
      >
        <div className={styles.options}>
          <div className={styles.field}>
            <span>{t('answerIn')}</span>
            <Select
              label={t('answerIn')}
              value={how.answerIn}
              onChange={(answerIn) => set({ answerIn })}
              options={times.map((value) => ({ value, label: t('hours', { count: Number(value) }) }))}
            />
          </div>
          <Checkbox
            checked={how.message}
            onChange={(message) => set({ message })}
            label={t('alongMessage')}
          />
          <Checkbox checked={how.thread} onChange={(thread) => set({ thread })} label={t('alongThread')} />
          {files.map((file) => (
            <Checkbox
              key={file.id}
              checked={how.files.includes(file.id)}
              onChange={(on) =>
                set({ files: on ? [...how.files, file.id] : how.files.filter((id) => id !== file.id) })
              }
              label={<bdi>{file.name}</bdi>}
            />
          ))}
          <Button size="small" onClick={() => setShown(true)}>
            {t('askPreview')}
          </Button>
        </div>
      </Popover>
      {shown && <AskPreview number={conversation.number} body={body()} onClose={() => setShown(false)} />}
    </div>
  )
}
