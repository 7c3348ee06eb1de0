import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { get, post, put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { List, ListRow, Section } from '#console/kit/List.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { FormSender, FormSenderList } from '../inboxes.contract.ts'

const key = ['form-senders']

/** Senders that look like a site's form: asked once, and what came before is put right by one click. */
export function FormSenders() {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const { data } = useQuery({ queryKey: key, queryFn: () => get<FormSenderList>('/form-senders') })
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onError: (error) => say(reasonOf(error), { tone: 'broken' }),
    onSettled: () => void client.invalidateQueries({ queryKey: key }),
  })
  const senders =
    data?.items.filter(({ isForm, earlier }) => isForm === null || (isForm && earlier > 0)) ?? []
  if (senders.length === 0) return null
  const decide = ({ id }: FormSender, isForm: boolean) =>
    change.mutate(() => put(`/form-senders/${id}`, { isForm }))
  return (
    <Section title={t('forms.title')} words={t('forms.words')}>
      <List label={t('forms.title')}>
        {senders.map((sender) => (
          <ListRow
            key={sender.id}
            title={sender.address}
            words={t(sender.isForm ? 'forms.earlier' : 'forms.seen', {
              inbox: sender.inbox.name,
              count: sender.earlier,
              people: sender.replyTo.join(', '),
            })}
            end={
              sender.isForm ? (
                <Button
                  size="small"
                  busy={change.isPending}
                  onClick={() => change.mutate(() => post(`/form-senders/${sender.id}/earlier`))}
                >
                  {t('forms.putRight')}
                </Button>
              ) : (
                <>
                  <Button size="small" busy={change.isPending} onClick={() => decide(sender, true)}>
                    {t('forms.yes')}
                  </Button>
                  <Button size="small" look="quiet" onClick={() => decide(sender, false)}>
                    {t('forms.no')}
                  </Button>
                </>
              )
            }
          />
        ))}
      </List>
    </Section>
  )
}
