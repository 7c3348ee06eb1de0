import { ChoiceGrid } from '../kit/ChoiceGrid.tsx'
import { DataTable } from '../kit/DataTable.tsx'
import { Figure, Figures } from '../kit/Figures.tsx'
import { HeatMap } from '../kit/HeatMap.tsx'
import type { Specimen } from './specimen.ts'

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const hours = Array.from({ length: 24 }, (_, hour) => hour)

export const numbers: Specimen[] = [
  {
    name: 'Figures',
    show: () => (
      <Figures label="Figures">
        <Figure name="New">
          <a href="/kit">1,204</a>
        </Figure>
        <Figure name="Waiting" tone="warm" words="oldest: 3 days">
          <a href="/kit">17</a>
        </Figure>
        <Figure name="First answer" words="90 of 100 within 5 hr">
          42 min
        </Figure>
        <Figure name="Without any">–</Figure>
      </Figures>
    ),
  },
  {
    name: 'Data table',
    show: () => (
      <DataTable
        label="Answers by agent"
        heads={['Agent', 'Answered', 'Closed']}
        rows={['Ingrid Solberg', 'Батбаяр Энхтуяа'].map((name, i) => ({
          key: name,
          name,
          cells: [
            { key: 'answered', shown: <a href="/kit">{12 + i}</a> },
            { key: 'closed', shown: 0 },
          ],
        }))}
      />
    ),
  },
  {
    name: 'Heat map',
    show: () => (
      <HeatMap
        rows={days}
        columns={hours.map((hour) => (hour % 3 === 0 ? String(hour) : ''))}
        cells={days.flatMap((day, row) =>
          hours.map((hour) => {
            const value = Math.max(0, 8 - Math.abs(hour - 12)) * (row < 5 ? 2 : 0)
            return { key: `${day} ${hour}`, row, column: hour, value, title: `${day} ${hour}: ${value}` }
          }),
        )}
      />
    ),
  },
  {
    name: 'Choice grid',
    show: () => (
      <ChoiceGrid
        label="Choice grid"
        corner="Event"
        rows={[
          { id: 'assigned', name: 'Assigned to you' },
          { id: 'mentioned', name: 'Mentioned' },
        ]}
        columns={[
          { id: 'page', name: 'In Foyer' },
          { id: 'mail', name: 'Mail' },
        ]}
        cell={(row, column) => ({
          label: `${row}, ${column}`,
          checked: column === 'page',
          disabled: row === 'mentioned',
        })}
        onChange={() => {}}
      />
    ),
  },
]
