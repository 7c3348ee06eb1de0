import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inboxesQuery } from '#console/api/directory.ts'
import { Avatar } from '#console/kit/Avatar.tsx'
import { Button } from '#console/kit/Button.tsx'
import { List, ListRow, Page } from '#console/kit/List.tsx'
import { EmptyState } from '#console/kit/States.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { Listed } from '#console/settings/Listed.tsx'
import type { Inbox } from '../inboxes.contract.ts'
import { FormSenders } from './FormSenders.tsx'
import { InboxDialog } from './InboxDialog.tsx'

export function InboxesPage() {
  // Those of its dialogs too: the page that is there does not go away, and the focus with it, for a text.
  const { t } = useTranslation(['settings', 'desk', 'acknowledgement'])
  const query = useQuery(inboxesQuery)
  const [open, setOpen] = useState<Inbox | 'new' | null>(null)
  return (
    <Page
      title={t('inboxes.title')}
      words={t('inboxes.words')}
      acts={
        <Button look="main" icon="plus" onClick={() => setOpen('new')}>
          {t('inboxes.add')}
        </Button>
      }
    >
      <Listed query={query} empty={<EmptyState title={t('inboxes.empty')} words={t('inboxes.words')} />}>
        {(inboxes) => (
          <List label={t('inboxes.title')}>
            {inboxes.map((inbox) => (
              <ListRow
                key={inbox.id}
                lead={<Avatar name={inbox.name} team />}
                title={inbox.name}
                words={`${[inbox.address, ...inbox.aliases].join(', ')} · ${t('inboxes.teamIs', { name: inbox.team.name })}`}
                onClick={() => setOpen(inbox)}
                end={inbox.teams && <Badge>{t('inboxes.restricted')}</Badge>}
              />
            ))}
          </List>
        )}
      </Listed>
      <FormSenders />
      {open && <InboxDialog inbox={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}
