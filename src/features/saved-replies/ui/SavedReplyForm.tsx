import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { teamsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { Select } from '#console/kit/Select.tsx'
import { emojiOffers } from '#console/writing/emoji.ts'
import { RichArea } from '#console/writing/RichArea.tsx'
import type { Words } from '#console/writing/richWords.ts'
import type { SavedReplyInput } from '../saved-replies.contract.ts'
import styles from './SavedReplyForm.module.css'
import { variableName, variableNames } from './variables.ts'

/** The fields of a saved reply: name, who uses it, the text with its variables ({ brings them). */
export function SavedReplyForm({
  input,
  onChange,
  nameError,
}: {
  input: SavedReplyInput
  onChange: (part: Partial<SavedReplyInput>) => void
  nameError?: string | null
}) {
  const { t } = useTranslation('composer')
  const me = useMe()
  const { data: teams = [] } = useQuery(teamsQuery)
  const mine = teams.filter(
    (team) => me.role === 'admin' || team.members.some((member) => member.agent === me.id),
  )
  const [first] = useState<Words>({ text: input.text, html: input.html ?? null })
  const offers = useMemo(
    () => ({
      ':': emojiOffers,
      '/': (typed: string) =>
        variableNames
          .filter((name) => variableName(name).toLowerCase().includes(typed.toLowerCase()))
          .map((name) => ({
            id: name,
            label: variableName(name),
            hint: `{{${name}}}`,
            insert: { text: `{{${name}}}`, html: null },
          })),
    }),
    [],
  )
  const place = input.scope === 'team' ? `team:${input.team ?? ''}` : (input.scope ?? 'me')
  return (
    <>
      <Field label={t('replyName')} error={nameError}>
        <Input value={input.name} onChange={(name) => onChange({ name })} maxLength={100} required />
      </Field>
      <Field label={t('replyWho')}>
        <Select
          value={place}
          onChange={(next) =>
            onChange(
              next.startsWith('team:')
                ? { scope: 'team', team: next.slice(5) }
                : { scope: next === 'all' ? 'all' : 'me', team: null },
            )
          }
          options={[
            { value: 'me', label: t('replyWho.me') },
            ...mine.map((team) => ({
              value: `team:${team.id}`,
              label: t('replyWho.team', { name: team.name }),
            })),
            { value: 'all', label: t('replyWho.all') },
          ]}
        />
      </Field>
      <div className={styles.words}>
        <span className={styles.label}>{t('replyWords')}</span>
        <div className={styles.box}>
          <RichArea
            label={t('replyWords')}
            placeholder={t('replyWordsHint')}
            words={first}
            onChange={({ text, html }) => onChange({ text, html })}
            onFiles={() => {}}
            onPicture={async () => null}
            onSubmit={() => {}}
            focusAsked={0}
            offers={offers}
            formats
          />
        </div>
        <span className={styles.hint}>
          {t('replyVariables', { example: '{{customer.firstName|there}}' })}
        </span>
      </div>
    </>
  )
}
