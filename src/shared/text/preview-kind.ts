/** How a file can be looked at. */
export type PreviewKind = 'picture' | 'pdf' | 'text' | 'table' | 'mail' | 'calendar'
const byType: [PreviewKind, RegExp][] = [
  ['picture', /^image\/(?:png|jpe?g|pjpeg|gif|webp|avif)$/],
  ['pdf', /^application\/(?:x-)?pdf$/],
  ['mail', /^message\/(?:rfc822|global)$/],
  ['calendar', /^text\/(?:x-v)?calendar$|^application\/ics$/],
  ['table', /^text\/(?:csv|tab-separated-values)$/],
  [
    'text',
    /^text\/(?:plain|markdown|xml|x-.*|html|css|javascript|yaml)$|^application\/(?:json|xml|yaml|x-yaml|sql|toml)$/,
  ],
]
const byName: [PreviewKind, RegExp][] = [
  ['picture', /\.(?:png|jpe?g|gif|webp|avif)$/i],
  ['pdf', /\.pdf$/i],
  ['mail', /\.eml$/i],
  ['calendar', /\.(?:ics|ical|vcs)$/i],
  ['table', /\.(?:csv|tsv)$/i],
  [
    'text',
    /\.(?:txt|log|md|json|xml|ya?ml|ini|conf|cfg|sql|html?|css|js|ts|py|sh|rb|java|c|h|cpp|php|diff|patch|toml|asc)$/i,
  ],
]

/** How a file can be looked at, by its name where that tells, else by its declared type; null: not at all. */
export function previewKind({ name, type }: { name: string; type: string }): PreviewKind | null {
  const declared = type.toLowerCase().split(';')[0]!.trim()
  return (
    byName.find(([, pattern]) => pattern.test(name))?.[0] ??
    byType.find(([, pattern]) => pattern.test(declared))?.[0] ??
    null
  )
}
