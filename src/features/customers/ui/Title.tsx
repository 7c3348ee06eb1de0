import { createContext, type ReactNode, useContext } from 'react'
import styles from './Who.module.css'

/** How deep the parts' headings stand: under the conversation's, or right under the page's own. */
export const TitleLevel = createContext<'h2' | 'h3'>('h3')

export function Title({ children }: { children: ReactNode }) {
  const Heading = useContext(TitleLevel)
  return <Heading className={styles.title}>{children}</Heading>
}
