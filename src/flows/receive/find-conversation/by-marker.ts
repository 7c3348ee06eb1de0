import type { Finder } from './finder.ts'

/** The signed marker of our mail, in the quoted body: where a mail program drops the threading headers. */
export const byMarker: Finder = { name: 'marker', signed: true, candidates: ({ message }) => message.markers }
