import { useTranslation } from 'react-i18next'
import { type Step, Steps } from '#console/kit/Steps.tsx'
import dialogStyles from '#console/settings/EditDialog.module.css'
import type { SideTestView } from '../connections.contract.ts'
import type { Trial } from './useTrying.ts'

/** Step by step: what worked, where it ended, what the server said and what to do. */
export function TrialSteps({ trial, imap, smtp }: { trial: Trial; imap: boolean; smtp: boolean }) {
  const { t } = useTranslation(['channels', 'settings'])
  const { test, sent, back } = trial
  const round: Step[] = []
  if (sent === 'running') round.push({ id: 'send', state: 'running', words: t('round.sending') })
  else if (sent) {
    const { ok, to } = sent
    round.push({
      id: 'send',
      state: ok ? 'passed' : 'failed',
      words: t(ok ? 'round.sent' : 'round.notSent', { to }),
      more: ok ? undefined : <Trouble {...sent} />,
    })
  }
  if (back)
    round.push({
      id: 'back',
      state: back,
      words: t(`round.${back}`),
      more: back === 'late' ? t('round.lateHint') : undefined,
    })
  return (
    <div role="status" className={dialogStyles.group}>
      {imap && <SideSteps title={t('settings:channels.imap')} side={test.in} />}
      {smtp && <SideSteps title={t('settings:channels.smtp')} side={test.out} />}
      {round.length > 0 && (
        <div className={dialogStyles.choices}>
          <p className={dialogStyles.legend}>{t('round.title')}</p>
          <Steps label={t('round.title')} steps={round} />
        </div>
      )}
    </div>
  )
}

export function SideSteps({ title, side }: { title: string; side: SideTestView }) {
  const { t } = useTranslation('channels')
  const steps = (side.steps ?? []).map(({ step, state }) => ({
    id: step,
    state,
    words: t(`step.${step}.${state}`),
    more: state === 'failed' ? <Trouble {...side} /> : undefined,
  }))
  return (
    <div className={dialogStyles.choices}>
      <p className={dialogStyles.legend}>{title}</p>
      <Steps label={title} steps={steps} />
    </div>
  )
}

/** What to do next, and the server's own words. */
export function Trouble({ error, hint }: { error: string | null; hint: string | null }) {
  const { t } = useTranslation('channels')
  return (
    <>
      {hint && <p>{hint}</p>}
      {error && (
        <p>
          {t('said')} <bdi>{error}</bdi>
        </p>
      )}
    </>
  )
}
