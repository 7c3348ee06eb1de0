import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#console/kit/Button.tsx'
import { Checkbox } from '#console/kit/Checkbox.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { List, ListRow } from '#console/kit/List.tsx'
import { momentOfInput, readerZone, timeInput } from '#console/zone.ts'
import { laterTimes } from './sendHow.ts'
import type { SendLater } from './useSend.ts'
import { zonedTime } from './zonedTime.ts'

/** When it shall leave: three usual times at a click, or one's own. */
export function SendLaterDialog({
  customer,
  onChoose,
  onClose,
}: {
  customer: string | null
  onChoose: (later: SendLater) => void
  onClose: () => void
}) {
  const { t, i18n } = useTranslation('composer')
  const [unless, setUnless] = useState(true)
  const [own, setOwn] = useState(() => timeInput((laterTimes(new Date())[1]?.at ?? new Date()).getTime()))
  const time = new Date(momentOfInput(own))
  const past = !(time.getTime() > Date.now())
  const choose = (at: Date) => onChoose({ at: at.toISOString(), unlessCustomerWrites: unless })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('sendLater')}
      words={t('laterZone', { zone: readerZone() })}
    >
      <List label={t('sendLater')}>
        {laterTimes(new Date()).map(({ name, at }) => (
          <ListRow
            key={name}
            title={t(`later.${name}`)}
            end={zonedTime(at.toISOString(), i18n.language)}
            onClick={() => choose(at)}
          />
        ))}
      </List>
      <Form onSubmit={() => !past && choose(time)}>
        <Field label={t('laterOwn')} error={past ? t('laterPast') : null}>
          <Input type="datetime-local" value={own} onChange={setOwn} required />
        </Field>
        <Checkbox
          checked={unless}
          onChange={setUnless}
          label={customer ? t('laterUnless', { name: customer }) : t('laterUnlessCustomer')}
          hint={t('laterUnlessHint')}
        />
        <Button look="main" type="submit" disabled={past}>
          {past ? t('sendLater') : t('laterSend', { time: zonedTime(time.toISOString(), i18n.language) })}
        </Button>
      </Form>
    </Dialog>
  )
}
