import { Checkbox } from '@base-ui/react/checkbox'
import { type ReactNode, useId } from 'react'
import styles from './ChoiceGrid.module.css'
import field from './Field.module.css'
import { Icon } from './Icon.tsx'

/** Many yes-or-no under a few headings; each takes effect at once. */
export function ChoiceGrid<R extends string, C extends string>({
  label,
  corner,
  rows,
  columns,
  cell,
  onChange,
}: {
  label: string
  /** The heading above the rows' names. */
  corner: string
  rows: readonly { id: R; name: ReactNode }[]
  columns: readonly { id: C; name: ReactNode }[]
  cell: (row: R, column: C) => { checked: boolean; label: string; disabled?: boolean }
  onChange: (row: R, column: C, checked: boolean) => void
}) {
  const own = useId()
  return (
    <table className={styles.grid} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{corner}</th>
          {columns.map(({ id, name }) => (
            <th key={id} scope="col" className={styles.cell}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.name}</th>
            {columns.map((column) => {
              const { label: words, ...state } = cell(row.id, column.id)
              return (
                <td key={column.id} className={styles.cell}>
                  <label className={styles.target} htmlFor={`${own}-${row.id}-${column.id}`}>
                    <Checkbox.Root
                      {...state}
                      id={`${own}-${row.id}-${column.id}`}
                      className={field.box}
                      aria-label={words}
                      onCheckedChange={(checked) => onChange(row.id, column.id, checked)}
                    >
                      <Checkbox.Indicator>
                        <Icon name="check" size={14} />
                      </Checkbox.Indicator>
                    </Checkbox.Root>
                  </label>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
