import type { Secrets } from '#platform/secrets/secrets.ts'

/** What channels.secrets holds: passwords and signing keys by name, sealed as one. */
export const sealSecrets = (secrets: Secrets, plain: Record<string, string>): string | null =>
  Object.keys(plain).length === 0 ? null : secrets.seal('channel', JSON.stringify(plain))

export const openSealed = (secrets: Secrets, sealed: string | null): Record<string, string> =>
  sealed === null ? {} : (JSON.parse(secrets.open('channel', sealed)) as Record<string, string>)
