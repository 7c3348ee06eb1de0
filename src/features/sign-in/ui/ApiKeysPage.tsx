import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '#console/api/query.ts'
import { get, post } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Button } from '#console/kit/Button.tsx'
import { Dialog } from '#console/kit/Dialog.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input } from '#console/kit/Input.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { Time } from '#console/kit/Time.tsx'
import { say } from '#console/kit/Toast.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import { EditDialog } from '#console/settings/EditDialog.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import { useRemoval } from '#console/settings/useRemoval.tsx'
import type { ApiKey } from '#features/agents/agents.contract.ts'

export function ApiKeysPage() {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const removal = useRemoval()
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const query = useQuery({
    queryKey: keys.apiKeys,
    queryFn: async ({ signal }) => (await get<{ items: ApiKey[] }>('/api-keys', { signal })).items,
  })
  const refresh = () => client.invalidateQueries({ queryKey: keys.apiKeys })
  return (
    <Page
      title={t('apiKeys.title')}
      words={t('apiKeys.words')}
      acts={
        <Button look="main" icon="plus" onClick={() => setAdding(true)}>
          {t('apiKeys.add')}
        </Button>
      }
    >
      <Listed query={query} empty={<EmptyState title={t('apiKeys.empty')} words={t('apiKeys.emptyWords')} />}>
        {(items) => (
          <List label={t('apiKeys.title')}>
            {items.map((key) => (
              <ListRow
                key={key.id}
                title={key.name}
                words={
                  <>
                    {key.start}… · {key.lastUsedAt ? t('apiKeys.lastUsed') : t('apiKeys.neverUsed')}{' '}
                    {key.lastUsedAt && <Time at={key.lastUsedAt} />}
                  </>
                }
                end={
                  <Button
                    size="small"
                    onClick={() =>
                      removal.ask({
                        path: `/api-keys/${key.id}`,
                        title: t('apiKeys.removeTitle', { name: key.name }),
                        words: t('apiKeys.removeWords'),
                        act: t('apiKeys.revoke'),
                        done: refresh,
                      })
                    }
                  >
                    {t('apiKeys.revoke')}
                  </Button>
                }
              />
            ))}
          </List>
        )}
      </Listed>
      {adding && (
        <NewKey
          onClose={() => setAdding(false)}
          onMade={async (key) => {
            setAdding(false)
            setMade(key)
            await refresh()
          }}
        />
      )}
      {made && (
        <Dialog
          open
          onOpenChange={() => setMade(null)}
          title={t('apiKeys.madeTitle')}
          words={t('apiKeys.madeWords')}
          foot={
            <Button
              look="main"
              onClick={() => void navigator.clipboard?.writeText(made).then(() => say(t('copied')))}
            >
              {t('copy')}
            </Button>
          }
        >
          <p className={dialogStyles.secret}>{made}</p>
        </Dialog>
      )}
      {removal.dialog}
    </Page>
  )
}

function NewKey({ onClose, onMade }: { onClose: () => void; onMade: (key: string) => Promise<void> }) {
  const { t } = useTranslation('settings')
  const [name, setName] = useState('')
  const form = useSubmit(async () => {
    const { key } = await post<{ key: string }>('/api-keys', { name })
    await onMade(key)
  })
  return (
    <EditDialog title={t('apiKeys.add')} form={form} onClose={onClose} save={t('apiKeys.make')}>
      <Field label={t('nameOf')} hint={t('apiKeys.nameHint')} error={form.field('name')}>
        <Input value={name} onChange={setName} autoComplete="off" />
      </Field>
    </EditDialog>
  )
}
