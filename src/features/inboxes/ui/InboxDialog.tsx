import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { teamsQuery } from '#console/api/directory.ts'
import { useMe } from '#console/api/me.ts'
import { keys } from '#console/api/query.ts'
import { patch, post } from '#console/api/request.ts'
import { useSubmit } from '#console/entry/useSubmit.ts'
import { Checkbox, Switch } from '#console/kit/Checkbox.tsx'
import { Field } from '#console/kit/Field.tsx'
import { Input, Textarea } from '#console/kit/Input.tsx'
import { Select } from '#console/kit/Select.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import { EditDialog } from '#console/settings/EditDialog.tsx'
import { RemoveButton } from '#console/settings/RemoveButton.tsx'
import { useEdited } from '#console/settings/useUnsaved.tsx'
import type { Inbox } from '../inboxes.contract.ts'

type Draft = Pick<
  Inbox,
  'name' | 'address' | 'teams' | 'quote' | 'senderName' | 'guard' | 'plusAddressing' | 'acknowledges'
> & { aliases: string; team: string | null; signature: string; acknowledgement: string }

const draftOf = (inbox: Inbox | null): Draft => ({
  name: inbox?.name ?? '',
  address: inbox?.address ?? '',
  aliases: inbox?.aliases.join('\n') ?? '',
  team: inbox?.team.id ?? null,
  teams: inbox?.teams ?? null,
  signature: inbox?.signature ?? '',
  quote: inbox?.quote ?? 'last',
  senderName: inbox?.senderName ?? 'agent',
  guard: inbox?.guard ?? 'default',
  plusAddressing: inbox?.plusAddressing ?? false,
  acknowledges: inbox?.acknowledges ?? false,
  acknowledgement: inbox?.acknowledgement ?? '',
})
const bodyOf = ({ aliases, team, signature, acknowledgement, ...rest }: Draft) => ({
  acknowledgement: acknowledgement.trim() || null,
  ...rest,
  aliases: aliases.split(/[\s,;]+/).filter(Boolean),
  team: team ?? undefined,
  signature: signature.trim() === '' ? null : signature,
})

export function InboxDialog({ inbox, onClose }: { inbox: Inbox | null; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'desk', 'acknowledgement'])
  const client = useQueryClient()
  const teams = useQuery(teamsQuery)
  const { value: draft, set, unsaved } = useEdited(() => draftOf(inbox))
  const me = useMe()
  const refresh = () =>
    Promise.all([keys.inboxes, keys.views].map((queryKey) => client.invalidateQueries({ queryKey })))
  const form = useSubmit(async () => {
    if (inbox) await patch(`/inboxes/${inbox.id}`, bodyOf(draft))
    else await post('/inboxes', bodyOf(draft))
    await refresh()
    onClose()
  })
  const teamName = teams.data?.find((team) => team.id === draft.team)?.name ?? draft.name
  const words = <const T extends string>(group: string, ...values: T[]) =>
    values.map((value) => ({ value, label: t(`inboxes.${group}.${value}` as string) }))
  return (
    <EditDialog
      title={inbox ? inbox.name : t('inboxes.add')}
      form={form}
      onClose={onClose}
      unsaved={unsaved}
      extra={
        inbox && (
          <RemoveButton
            path={`/inboxes/${inbox.id}`}
            title={t('inboxes.removeTitle', { name: inbox.name })}
            words={t('inboxes.removeWords')}
            onDone={async () => {
              await refresh()
              onClose()
            }}
          />
        )
      }
    >
      <Field label={t('nameOf')} hint={t('inboxes.nameHint')} error={form.field('name')}>
        <Input value={draft.name} onChange={(name) => set({ name })} />
      </Field>
      <Field label={t('address')} hint={t('inboxes.addressHint')} error={form.field('address')}>
        <Input type="email" value={draft.address} onChange={(address) => set({ address })} />
      </Field>
      <Field
        label={t('inboxes.aliases')}
        optional={t('optional')}
        hint={t('inboxes.aliasesHint')}
        error={form.field('aliases') ?? form.field('aliases.0')}
      >
        <Textarea rows={2} value={draft.aliases} onChange={(aliases) => set({ aliases })} />
      </Field>
      <Field label={t('inboxes.team')} hint={t('inboxes.teamHint')} error={form.field('team')}>
        <Select
          value={draft.team}
          placeholder={t('inboxes.teamFirst')}
          onChange={(team) => set({ team })}
          options={teams.data?.map((team) => ({ value: team.id, label: team.name })) ?? []}
        />
      </Field>
      <fieldset className={dialogStyles.choices}>
        <legend className={dialogStyles.legend}>{t('inboxes.seenBy')}</legend>
        <Switch
          label={t('inboxes.seenByAll')}
          hint={t('inboxes.seenByAllHint')}
          checked={draft.teams === null}
          onChange={(all) => set({ teams: all ? null : draft.team ? [draft.team] : [] })}
        />
        {draft.teams &&
          teams.data?.map((team) => (
            <Checkbox
              key={team.id}
              label={team.name}
              checked={draft.teams?.includes(team.id) ?? false}
              onChange={(on) =>
                set({
                  teams: on
                    ? [...(draft.teams ?? []), team.id]
                    : (draft.teams ?? []).filter((id) => id !== team.id),
                })
              }
            />
          ))}
      </fieldset>
      <Field
        label={t('inboxes.signature')}
        optional={t('optional')}
        hint={t('inboxes.signatureHint')}
        error={form.field('signature')}
      >
        <Textarea rows={3} value={draft.signature} onChange={(signature) => set({ signature })} />
      </Field>
      {draft.signature.trim() !== '' && (
        <p className={dialogStyles.preview} dir="auto">
          {[t('desk:inboxes.sampleWords'), me.settings.signature?.trim(), draft.signature.trim()]
            .filter(Boolean)
            .join('\n\n')}
        </p>
      )}
      <Field
        label={t('inboxes.senderNameLabel')}
        hint={
          <>
            {t('inboxes.senderNameHint')} <bdi>{senderExample(draft, me.name, teamName)}</bdi>
          </>
        }
      >
        <Select
          value={draft.senderName}
          onChange={(senderName) => set({ senderName })}
          options={words('senderName', 'agent', 'first', 'team')}
        />
      </Field>
      <Field label={t('inboxes.quoteLabel')} hint={t('inboxes.quoteHint')}>
        <Select
          value={draft.quote}
          onChange={(quote) => set({ quote })}
          options={words('quote', 'none', 'last', 'all')}
        />
      </Field>
      <Field label={t('inboxes.guardLabel')} hint={t('inboxes.guardHint')}>
        <Select
          value={draft.guard}
          onChange={(guard) => set({ guard })}
          options={words('guard', 'off', 'default', 'all')}
        />
      </Field>
      <Switch
        label={t('inboxes.plus')}
        hint={t('inboxes.plusHint')}
        checked={draft.plusAddressing}
        onChange={(plusAddressing) => set({ plusAddressing })}
      />
      <fieldset className={`${dialogStyles.choices} ${dialogStyles.group}`}>
        <Switch
          label={t('desk:inboxes.acknowledges')}
          hint={t('desk:inboxes.acknowledgesHint')}
          checked={draft.acknowledges}
          onChange={(acknowledges) => set({ acknowledges })}
        />
        {draft.acknowledges && (
          <Field
            label={t('desk:inboxes.acknowledgement')}
            optional={t('optional')}
            hint={t('desk:inboxes.acknowledgementHint')}
            error={form.field('acknowledgement')}
          >
            <Textarea
              rows={5}
              value={draft.acknowledgement}
              placeholder={t('acknowledgement:text', { inbox: draft.name })}
              onChange={(acknowledgement) => set({ acknowledgement })}
            />
          </Field>
        )}
      </fieldset>
    </EditDialog>
  )
}

/** As a customer's mail program shows it. */
function senderExample({ senderName, address }: Draft, me: string, team: string): string {
  const name = { agent: me, first: me.split(' ')[0], team }[senderName]
  return `${name} <${address || 'support@example.com'}>`
}
