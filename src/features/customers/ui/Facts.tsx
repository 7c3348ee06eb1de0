import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '#console/kit/Button.tsx'
import { Combobox } from '#console/kit/Combobox.tsx'
import { CopyText } from '#console/kit/CopyText.tsx'
import { InPlace } from '#console/kit/InPlace.tsx'
import { useMinute } from '#console/kit/Time.tsx'
import type { OpenedCustomer } from '../customers.contract.ts'
import { type Changing, noticeOf } from './Head.tsx'
import { languageChoices, languageName, timeThere, timeZoneChoices } from './places.ts'
import { Title } from './Title.tsx'
import styles from './Who.module.css'

/** Language, the time where he is, and the installation's own fields. */
export function Facts({ customer, change }: { customer: OpenedCustomer; change: Changing }) {
  const { t, i18n } = useTranslation(['who', 'console'])
  const now = useMinute()
  const reader = i18n.language
  const { language, timeZone } = customer
  const nothing = '-'
  const none = { id: nothing, label: t('notKnown') }
  return (
    <section>
      <Title>{t('facts')}</Title>
      <dl className={styles.facts}>
        <dt>{t('language')}</dt>
        <dd>
          <Combobox
            placeholder={t('language')}
            value={language ?? nothing}
            options={[none, ...languageChoices(reader)]}
            onChange={(id) => change.save('language', id === nothing ? null : id)}
            trigger={
              <Button
                look="quiet"
                size="small"
                aria-label={`${t('language')}: ${language ? languageName(language, reader) : t('notKnown')}`}
              >
                <span className={styles.wrap}>{language ? languageName(language, reader) : t('choose')}</span>
              </Button>
            }
          />
          <Notice change={change} field="language" />
        </dd>
        <dt>{t('timeZone')}</dt>
        <dd>
          <Combobox
            placeholder={t('timeZone')}
            value={timeZone ?? nothing}
            options={[none, ...timeZoneChoices()]}
            onChange={(id) => change.save('timeZone', id === nothing ? null : id)}
            trigger={
              <Button
                look="quiet"
                size="small"
                aria-label={`${t('timeZone')}: ${timeZone?.replaceAll('_', ' ') ?? t('notKnown')}`}
              >
                <span className={styles.wrap}>{timeZone ? timeZone.replaceAll('_', ' ') : t('choose')}</span>
              </Button>
            }
          />
          {timeZone && (
            <p className={styles.there}>{t('timeThere', { time: timeThere(timeZone, now, reader) })}</p>
          )}
          <Notice change={change} field="timeZone" />
        </dd>
        {Object.entries(customer.fields).map(([name, value]) => (
          <FieldLine key={name} name={name} value={value} change={change} />
        ))}
      </dl>
      <NewField change={change} customer={customer} />
    </section>
  )
}

function Notice({ change, field }: { change: Changing; field: 'language' | 'timeZone' }) {
  const { t } = useTranslation('who')
  const { notice } = noticeOf(field, change, t)
  return notice ? (
    <p className={styles.notice} role="status">
      {notice}
    </p>
  ) : null
}

function setField(change: Changing, name: string, value: string | null) {
  change.act.mutate({
    method: 'PATCH',
    path: '',
    body: { fields: { [name]: value } },
    shows: ({ fields: { [name]: _, ...rest } }) => ({
      fields: value === null ? rest : { ...rest, [name]: value },
    }),
  })
}

function FieldLine({ name, value, change }: { name: string; value: string; change: Changing }) {
  const { t } = useTranslation('who')
  return (
    <>
      <dt>{name}</dt>
      <dd className={styles.field}>
        <InPlace
          label={name}
          add={name}
          value={value}
          maxLength={2000}
          onSave={(next) => setField(change, name, next)}
          meanwhile={(theirs) => t('changedMeanwhile', { value: theirs ?? t('nothing') })}
        >
          <CopyText value={value} />
        </InPlace>
      </dd>
    </>
  )
}

/** A field more: first its name, then what stands in it. */
function NewField({ change, customer }: { change: Changing; customer: OpenedCustomer }) {
  const { t } = useTranslation(['who', 'console'])
  const [name, setName] = useState<string | null>(null)
  if (name === null)
    return (
      <InPlace
        label={t('fieldName')}
        add={t('addField')}
        value={null}
        maxLength={60}
        onSave={(typed) => setName(typed && !(typed in customer.fields) ? typed : null)}
      />
    )
  return (
    <div className={styles.newField}>
      <span>{name}</span>
      <InPlace
        label={name}
        add={name}
        value={null}
        maxLength={2000}
        startEditing
        onSave={(value) => setField(change, name, value)}
        onDone={() => setName(null)}
      />
      <IconButton name="close" size="small" label={t('console:cancel')} onClick={() => setName(null)} />
    </div>
  )
}
