import { useTranslation } from 'react-i18next'
import type { useSubmit } from '#console/entry/useSubmit.ts'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { Select } from '#console/kit/Select.tsx'
import type { ChannelDraft } from './channelDraft.ts'

type Taken = Pick<ChannelDraft, 'since' | 'date'>
export const sinceOf = ({ since, date }: Taken): string => (since === 'date' ? date : since)

/** From where on a mailbox is taken up. */
export function Since({
  draft: { since, date },
  onChange,
  form,
}: {
  draft: Taken
  onChange: (part: Partial<Taken>) => void
  form: ReturnType<typeof useSubmit>
}) {
  const { t } = useTranslation('settings')
  return (
    <>
      <Field label={t('channels.since')} hint={t(`channels.sinceHint.${since}`)} error={form.field('since')}>
        <Select
          value={since}
          onChange={(next) => onChange({ since: next })}
          options={(['now', 'date', 'all'] as const).map((value) => ({
            value,
            label: t(`channels.sinceOf.${value}`),
          }))}
        />
      </Field>
      {since === 'date' && (
        <Field label={t('channels.date')}>
          <Input type="date" value={date} onChange={(next) => onChange({ date: next })} />
        </Field>
      )}
    </>
  )
}
