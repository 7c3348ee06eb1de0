// The front door: what the lists are, how many conversations each holds for this agent, and what a saved one looks for.
export { type Counts, countBuiltIn, countByWalking } from './count-built-in.ts'
export { foldCounts, foldingSource } from './fold-counts.ts'
export { tagFollower } from './follow-tags.ts'
export { filtersOf, type SavedFilters } from './saved-views.ts'
