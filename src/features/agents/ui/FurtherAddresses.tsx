import { useTranslation } from 'react-i18next'
import { Field } from '#console/kit/Field.tsx'
import { Textarea } from '#console/kit/Input.tsx'

export const addressLines = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

/** The further addresses of an agent, one per line; a fault is said of the line it is about. */
export function FurtherAddresses({
  value,
  onChange,
  error,
  mine = false,
}: {
  value: string
  onChange: (text: string) => void
  /** the server's words for a field, as `furtherAddresses.2` */
  error: (field: string) => string | null
  mine?: boolean
}) {
  const { t } = useTranslation(['addresses', 'settings'])
  const lines = addressLines(value)
  const faults = lines.flatMap((line, i) => {
    const words = error(`furtherAddresses.${i}`)
    return words ? [`${line}: ${words}`] : []
  })
  return (
    <Field
      label={t(mine ? 'myFurther' : 'further')}
      optional={t('settings:optional')}
      hint={t(mine ? 'myFurtherHint' : 'furtherHint')}
      error={faults[0] ?? error('furtherAddresses')}
    >
      <Textarea rows={2} value={value} onChange={onChange} />
    </Field>
  )
}
