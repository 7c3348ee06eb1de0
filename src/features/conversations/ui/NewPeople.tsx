import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { del, post, put } from '#console/api/request.ts'
import { Button } from '#console/kit/Button.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Conversation } from '../conversations.contract.ts'
import styles from './NewPeople.module.css'

/** People who came in by Cc or wrote into the conversation: they get our replies only when somebody says so. */
export function NewPeople({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('console')
  const path = `/conversations/${conversation.number}`
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onError: (error) => say(reasonOf(error), { tone: 'broken' }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: keys.conversation(conversation.number) }),
  })
  const fresh = conversation.participants.filter((person) => !person.confirmed)
  return fresh.map((person) => {
    const who = person.name ? `${person.name} <${person.address}>` : (person.address ?? '')
    const identity = person.id ? { customer: person.id } : { address: person.address }
    const place = `${path}/participants/${encodeURIComponent(person.id ?? person.address ?? '')}`
    return (
      <div key={person.id ?? person.address} className={styles.person}>
        <p className={styles.words} role="status">
          {t('newPerson', { who })}
        </p>
        <div className={styles.acts}>
          <Button
            size="small"
            busy={change.isPending}
            onClick={() => change.mutate(() => post(`${path}/participants`, identity))}
          >
            {t('personAdd')}
          </Button>
          <Button size="small" look="quiet" onClick={() => change.mutate(() => del(place))}>
            {t('personRemove')}
          </Button>
          <Button
            size="small"
            look="quiet"
            onClick={() => change.mutate(() => put(`${path}/customer`, { customer: person.id }))}
          >
            {t('personIsCustomer')}
          </Button>
        </div>
      </div>
    )
  })
}
