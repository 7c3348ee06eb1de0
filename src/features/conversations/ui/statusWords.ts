import type { TFunction } from 'i18next'
import type { Conversation } from '../conversations.contract.ts'

/** A status by its own name where the desk gave it one, else by its category. */
export const statusWords = ({ category, name }: Conversation['status'], t: TFunction<'console'>): string =>
  name && name !== category ? name : t(`status.${category}`)
