import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Steps.module.css'

export type StepState = 'passed' | 'failed' | 'late' | 'untried' | 'running'
export interface Step {
  id: string
  state: StepState
  /** says the state too: the sign beside it is for the eye */
  words: ReactNode
  /** quieter, below: what was said, what to do */
  more?: ReactNode
}
const icons: Record<StepState, IconName> = {
  passed: 'check',
  failed: 'close',
  late: 'clock',
  untried: 'minus',
  running: 'clock',
}

/** What is done one after the other, and how far it got. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol className={styles.steps} aria-label={label}>
      {steps.map(({ id, state, words, more }) => (
        <li key={id} className={styles.step} data-state={state}>
          <Icon name={icons[state]} size={16} className={styles.icon} />
          <div>
            <p className={styles.words}>{words}</p>
            {more && <div className={styles.more}>{more}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
