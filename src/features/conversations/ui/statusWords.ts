import type { TFunction } from 'i18next'
import type { Category, Conversation } from '../conversations.contract.ts'

/** The contract's list once more: the contract itself brings its validator along. */
export const categories: readonly Category[] = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed']

/** A status by its own name where the desk gave it one, else by its category. */
export const statusWords = ({ category, name }: Conversation['status'], t: TFunction<'console'>): string =>
  name && name !== category ? name : t(`status.${category}`)
