import { useTranslation } from 'react-i18next'
import { DataTable } from '#console/kit/DataTable.tsx'
import type { NumberName, Numbers } from '../numbers.contract.ts'
import type { NumbersSearch } from './asked.ts'
import { Behind, CsvLink } from './Behind.tsx'
import styles from './Numbers.module.css'

const columns = ['answered', 'closed', 'reopened'] as const satisfies NumberName[]

/** What each answered and closed; beside it what came back, so that neither is read alone. */
export function AgentsTable({ numbers, asked }: { numbers: Numbers; asked: NumbersSearch }) {
  const { t } = useTranslation('numbers')
  return (
    <section>
      <div className={styles.sectionHead}>
        <h2 className={styles.sectionTitle}>{t('byAgent')}</h2>
        {numbers.agents.length > 0 && <CsvLink table="agents" asked={asked} />}
      </div>
      {numbers.agents.length === 0 ? (
        <p className={styles.words}>{t('nobody')}</p>
      ) : (
        <DataTable
          label={t('byAgent')}
          heads={[t('agent'), ...columns.map((column) => t(`agents.${column}`))]}
          rows={numbers.agents.map(({ agent, ...counted }) => ({
            key: agent.id,
            name: agent.name,
            cells: columns.map((column) => ({
              key: column,
              shown: <Behind number={column} asked={{ ...asked, agent: agent.id }} value={counted[column]} />,
            })),
          }))}
        />
      )}
    </section>
  )
}
