import type { ReactNode } from 'react'
import styles from './DataTable.module.css'

/** Rows of numbers under heads. The first column names the row; it scrolls in itself where the screen is narrow. */
export function DataTable({
  label,
  heads,
  rows,
  dense,
}: {
  label: string
  heads: ReactNode[]
  rows: { key: string; name: ReactNode; cells: { key: string; shown: ReactNode }[] }[]
  dense?: boolean
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <table className={styles.table} data-dense={dense || undefined}>
        <thead>
          <tr>
            {heads.map((head, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: heads stay where they are
              <th key={i} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              {row.cells.map((cell) => (
                <td key={cell.key}>{cell.shown}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
