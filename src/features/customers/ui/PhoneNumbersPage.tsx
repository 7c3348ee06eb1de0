import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys } from '#console/api/query.ts'
import { get, put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { Combobox } from '#console/kit/Combobox.tsx'
import { Field, Form } from '#console/kit/Field.tsx'
import { Page } from '#console/kit/List.tsx'
import { ErrorState, Skeleton } from '#console/kit/States.tsx'
import { say } from '#console/kit/Toast.tsx'
import { countryName } from './places.ts'

interface PhoneCountry {
  country: string | null
  countries: string[]
}
const none = '-'

/** Which country a number without a country code belongs to: 8 (495) … is found as +7 495 … and the other way round. */
export function PhoneNumbersPage() {
  const { t, i18n } = useTranslation(['desk', 'console', 'settings'])
  const client = useQueryClient()
  const query = useQuery({
    queryKey: keys.phoneCountry,
    queryFn: ({ signal }) => get<PhoneCountry>('/phone-country', { signal }),
  })
  const save = useMutation({
    mutationFn: (country: string | null) => put<PhoneCountry>('/phone-country', { country }),
    onMutate: (country) =>
      client.setQueryData<PhoneCountry>(keys.phoneCountry, (old) => old && { ...old, country }),
    onSuccess: () => say(t('settings:saved')),
    onError: (error) => {
      say(reasonOf(error), { tone: 'broken' })
      void client.invalidateQueries({ queryKey: keys.phoneCountry })
    },
  })
  const name = (id: string) => countryName(id, i18n.language)
  const choices = (countries: string[]) =>
    countries
      .map((id) => ({ id, label: name(id) }))
      .sort((a, b) => a.label.localeCompare(b.label, i18n.language))
  return (
    <Page title={t('console:settings.phone-numbers')} words={t('phones.words')}>
      {query.data ? (
        <Form onSubmit={() => {}} label={t('console:settings.phone-numbers')}>
          <Field label={t('phones.country')} hint={t('phones.hint')}>
            <Combobox
              label={t('phones.country')}
              placeholder={t('phones.find')}
              value={query.data.country ?? none}
              onChange={(id) => save.mutate(id === none ? null : id)}
              options={[{ id: none, label: t('phones.none') }, ...choices(query.data.countries)]}
              trigger={
                <Button look="field">
                  {query.data.country ? name(query.data.country) : t('phones.none')}
                </Button>
              }
            />
          </Field>
        </Form>
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton lines={2} row={40} />
      )}
    </Page>
  )
}
