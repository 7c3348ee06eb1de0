import type { Receiving } from './receiving.ts'

/** It lay in our folder of sent mail: another program has sent it. */
export const isSentCopy = ({ entry }: Pick<Receiving, 'entry'>): boolean => entry.remote?.sentFolder === true
