/** Namespaces of the first screen, as en.ts and ru.ts bring them. */
export const firstNamespaces: readonly string[] = [
  'console',
  'events',
  'queue',
  'timeline',
  'composer',
  'who',
]
