import { useTranslation } from 'react-i18next'
import { Switch } from '#console/kit/Checkbox.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'

export interface AwayDraft {
  on: boolean
  from: string
  until: string
}

/** Away from one day to another; open at its end: until he comes back. */
export function AwayFields({
  value,
  onChange,
  error,
}: {
  value: AwayDraft
  onChange: (value: AwayDraft) => void
  error: (field: string) => string | null
}) {
  const { t } = useTranslation(['desk', 'settings'])
  return (
    <fieldset className={`${dialogStyles.choices} ${dialogStyles.group}`}>
      <Switch
        label={t('desk:away.label')}
        hint={t('desk:away.hint')}
        checked={value.on}
        onChange={(on) => onChange({ ...value, on })}
      />
      {value.on && (
        <div className={dialogStyles.halves}>
          <Field label={t('desk:away.from')} hint={t('desk:away.fromHint')} error={error('from')}>
            <Input type="date" value={value.from} onChange={(from) => onChange({ ...value, from })} />
          </Field>
          <Field label={t('desk:away.until')} hint={t('desk:away.untilHint')} error={error('until')}>
            <Input
              type="date"
              min={value.from || undefined}
              value={value.until}
              onChange={(until) => onChange({ ...value, until })}
            />
          </Field>
        </div>
      )}
    </fieldset>
  )
}
