// Every part of the kit in every state, light and dark beside each other: /kit. For those who build screens; its words
// are specimens, so they stay in English.
import { fields } from './fields.tsx'
import { floating } from './floating.tsx'
import styles from './KitPage.module.css'
import { numbers } from './numbers.tsx'
import { parts } from './parts.tsx'
import type { Specimen } from './specimen.ts'

const all: Specimen[] = [...parts, ...fields, ...floating, ...numbers]

export function KitPage() {
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>The kit</h1>
      {all.map((specimen) => (
        <section key={specimen.name} className={styles.section} aria-label={specimen.name}>
          <h2 className={styles.name}>{specimen.name}</h2>
          <div className={styles.pair}>
            {(['light', 'dark'] as const).map((theme) => (
              <div key={theme} className={styles.sheet} style={{ colorScheme: theme }}>
                <specimen.show />
              </div>
            ))}
          </div>
        </section>
      ))}
    </main>
  )
}
