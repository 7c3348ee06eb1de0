import { hash } from 'node:crypto'
import type { Secrets } from '#platform/secrets/secrets.ts'

/**
 * The number that stands for a token in the database: nobody who reads it there can say which word it was, nor try words
 * out without the desk's secret.
 * @returns signed 64 bits, as text
 */
export function numbering(secrets: Pick<Secrets, 'keyFor'>): (token: string) => string {
  const key = secrets.keyFor('learned words')
  return (token) =>
    Buffer.from(hash('sha256', `${key} ${token}`, 'hex').slice(0, 16), 'hex')
      .readBigInt64BE()
      .toString()
}
