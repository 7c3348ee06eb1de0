import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#console/api/me.ts'
import { Button } from '#console/kit/Button.tsx'
import { onDemandAlone } from '#console/kit/onDemand.tsx'
import type { OpenSealDialogProps } from './OpenSealDialog.tsx'

const OpenSealDialog = onDemandAlone<OpenSealDialogProps>(
  async () => (await import('./OpenSealDialog.tsx')).OpenSealDialog,
)

/** The way to what is sealed, for who may open it. */
export function OpenSeal({ seal }: { seal: string }) {
  const { t } = useTranslation('timeline')
  const [open, setOpen] = useState(false)
  const { role, rights } = useMe()
  if (role !== 'admin' && !rights.includes('sealed')) return null
  return (
    <>
      <Button look="quiet" size="small" icon="eye" onClick={() => setOpen(true)}>
        {t('openSeal')}
      </Button>
      <OpenSealDialog seal={seal} open={open} onOpenChange={setOpen} />
    </>
  )
}
