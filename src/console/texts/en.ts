// What the first screen says, in one piece. A namespace that the queue or an open conversation shows is named here and
// in first.ts; every other is fetched with the screen that shows it.
export default import.meta.glob<Record<string, string>>(
  '../../shared/texts/en/{console,events,queue,timeline,composer,who}.json',
  { eager: true, import: 'default' },
)
