import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, reasonOf } from '#console/api/ApiError.ts'
import { queryClient } from '#console/api/query.ts'
import { del, put } from '#console/api/request.ts'
import { Button, IconButton } from '#console/kit/Button.tsx'
import { CopyText } from '#console/kit/CopyText.tsx'
import { Icon, type IconName } from '#console/kit/Icon.tsx'
import { InPlace } from '#console/kit/InPlace.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/kit/Menu.tsx'
import { Badge } from '#console/kit/Tag.tsx'
import { say } from '#console/kit/Toast.tsx'
import { tip } from '#console/kit/Tooltip.tsx'
import type { Identity, OpenedCustomer } from '../customers.contract.ts'
import { Title } from './Title.tsx'
import { useCustomerAct } from './useCustomerChange.ts'
import styles from './Who.module.css'

const icons: Record<string, IconName> = { mail: 'mail', phone: 'phone' }

/** Addresses, numbers and what channels know him by: a click copies, the menu does the rest. */
export function Identities({ customer }: { customer: OpenedCustomer }) {
  const { t } = useTranslation(['who', 'console'])
  const act = useCustomerAct(customer.id)
  const [owned, setOwned] = useState<{ value: string; owner: string } | null>(null)
  const add = (typed: string | null, move = false) => {
    setOwned(null)
    if (!typed) return
    const kind = typed.includes('@') ? 'mail' : 'phone'
    act.mutate(
      { method: 'POST', path: '/identities', body: { kind, value: typed, ...(move ? { move } : {}) } },
      {
        onError: (error) => {
          const owner =
            error instanceof ApiError ? (error.body.owner as { name: string } | undefined) : undefined
          if (owner) setOwned({ value: typed, owner: owner.name })
        },
      },
    )
  }
  return (
    <section>
      <Title>{t('reach')}</Title>
      <ul className={styles.lines}>
        {customer.identities.map((identity) => (
          <li key={identity.id} className={styles.identity}>
            <Icon name={icons[identity.kind] ?? 'comment'} />
            <span className={styles.reach}>
              <CopyText value={identity.value} />
              <Marks identity={identity} />
            </span>
            <IdentityMenu customer={customer} identity={identity} />
          </li>
        ))}
      </ul>
      <InPlace
        label={t('addReach')}
        add={t('addReach')}
        value={null}
        maxLength={320}
        onSave={(typed) => add(typed)}
        notice={
          owned && (
            <>
              {t('ownedBy', { value: owned.value, name: owned.owner })}{' '}
              <span className={styles.noticeActs}>
                <Button size="small" onClick={() => add(owned.value, true)}>
                  {t('moveHere')}
                </Button>
                <Button size="small" look="quiet" onClick={() => setOwned(null)}>
                  {t('console:cancel')}
                </Button>
              </span>
            </>
          )
        }
      />
    </section>
  )
}

function Marks({ identity }: { identity: Identity }) {
  const { t } = useTranslation('who')
  return (
    <>
      {identity.verified && (
        <span className={styles.verified} {...tip(t('verified'))}>
          <Icon name="check" size={14} role="img" aria-hidden="false" aria-label={t('verified')} />
        </span>
      )}
      {identity.primary && <Badge>{t('primary')}</Badge>}
      {identity.failing && <Badge tone="broken">{t('failing')}</Badge>}
      {identity.blocked && <Badge tone="broken">{t('blocked')}</Badge>}
    </>
  )
}

function IdentityMenu({ customer, identity }: { customer: OpenedCustomer; identity: Identity }) {
  const { t } = useTranslation(['who', 'console'])
  const act = useCustomerAct(customer.id)
  const { id, value, kind } = identity
  const ours = kind === 'mail' || kind === 'phone'
  const without = (list: Identity[]) => list.filter((one) => one.id !== id)
  const remove = () =>
    act.mutate(
      {
        method: 'DELETE',
        path: `/identities/${id}`,
        shows: (now) => ({ identities: without(now.identities) }),
      },
      {
        onSuccess: () =>
          say(t('reachRemoved', { value }), {
            act: {
              label: t('console:undo'),
              run: () => act.mutate({ method: 'POST', path: '/identities', body: { kind, value } }),
            },
          }),
      },
    )
  const setBlocked = async (blocked: boolean) => {
    const path = `/blocked-addresses/${encodeURIComponent(value)}`
    try {
      await (blocked ? put(path, {}) : del(path))
      void queryClient.invalidateQueries({ queryKey: ['customer'] })
      if (blocked)
        say(t('blockedDone', { value }), {
          act: { label: t('console:undo'), run: () => void setBlocked(false) },
        })
    } catch (error) {
      say(reasonOf(error), { tone: 'broken' })
    }
  }
  const primary = () =>
    act.mutate({
      method: 'PUT',
      path: `/identities/${id}/primary`,
      body: {},
      shows: (now) => ({
        identities: [
          { ...identity, primary: true },
          ...without(now.identities).map((one) => ({ ...one, primary: false })),
        ],
      }),
    })
  if (!ours) return null
  return (
    <Menu align="end" trigger={<IconButton name="more" size="small" label={t('reachMore', { value })} />}>
      {!identity.primary && (
        <MenuItem icon="check" onClick={primary}>
          {t('makePrimary')}
        </MenuItem>
      )}
      {kind === 'phone' && (
        <MenuItem icon="phone" onClick={() => window.open(`tel:${value}`, '_self')}>
          {t('dial')}
        </MenuItem>
      )}
      {kind === 'mail' && (
        <MenuItem icon="ban" danger={!identity.blocked} onClick={() => void setBlocked(!identity.blocked)}>
          {identity.blocked ? t('unblock') : t('block')}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon="trash" danger onClick={remove}>
        {t('removeReach')}
      </MenuItem>
    </Menu>
  )
}
