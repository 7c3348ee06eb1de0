import type { ReactNode } from 'react'
import styles from './HeatMap.module.css'

export interface HeatCell {
  key: string
  row: number
  column: number
  value: number
  title: string
}
const side = 24
const gap = 4
const lead = 40
const head = 20

/**
 * How much falls on each of two measures, as shades of the accent. It is for the eye: beside it stands a table with
 * the same numbers, which keyboards and screen readers reach.
 */
export function HeatMap({
  rows,
  columns,
  cells,
  link,
}: {
  rows: string[]
  /** empty: not named */
  columns: string[]
  cells: HeatCell[]
  /** wraps a square in what opens it */
  link?: (cell: HeatCell, square: ReactNode) => ReactNode
}) {
  const most = Math.max(1, ...cells.map(({ value }) => value))
  const width = lead + columns.length * (side + gap) - gap
  const height = head + rows.length * (side + gap) - gap
  return (
    <svg
      className={styles.map}
      viewBox={`0 0 ${width} ${height}`}
      style={{ maxWidth: width }}
      aria-hidden="true"
    >
      {columns.map((name, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are
        <text key={i} x={lead + i * (side + gap) + side / 2} y={12} textAnchor="middle">
          {name}
        </text>
      ))}
      {rows.map((name, i) => (
        <text key={name} x={0} y={head + i * (side + gap) + 16}>
          {name}
        </text>
      ))}
      {cells.map((cell) => {
        const square = (
          <rect
            x={lead + cell.column * (side + gap)}
            y={head + cell.row * (side + gap)}
            width={side}
            height={side}
            rx={4}
            className={cell.value > 0 ? styles.some : styles.none}
            style={cell.value > 0 ? { fillOpacity: 0.15 + (0.85 * cell.value) / most } : undefined}
          >
            <title>{cell.title}</title>
          </rect>
        )
        return <g key={cell.key}>{link && cell.value > 0 ? link(cell, square) : square}</g>
      })}
    </svg>
  )
}
