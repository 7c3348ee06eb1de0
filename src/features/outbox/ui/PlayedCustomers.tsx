import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { del, get, put } from '#console/api/request.ts'
import { Switch } from '#console/kit/Checkbox.tsx'
import { say } from '#console/kit/Toast.tsx'

interface Played {
  on: boolean
  paused: boolean
}
const key = ['demo'] as const

/** On a demo desk: its customers answer by themselves, until one wants quiet. */
export function PlayedCustomers() {
  const { t } = useTranslation('start')
  const client = useQueryClient()
  const { data } = useQuery({ queryKey: key, queryFn: ({ signal }) => get<Played>('/demo', { signal }) })
  if (!data?.on) return null
  const change = async (on: boolean) => {
    client.setQueryData<Played>(key, { on: true, paused: !on })
    try {
      await (on ? del('/demo/pause') : put('/demo/pause', {}))
    } catch (error) {
      client.setQueryData<Played>(key, { on: true, paused: on })
      say(reasonOf(error), { tone: 'broken' })
    }
  }
  return (
    <Switch
      label={t('played')}
      hint={t('playedHint')}
      checked={!data.paused}
      onChange={(on) => void change(on)}
    />
  )
}
