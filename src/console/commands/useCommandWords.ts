import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { type Command, namespaceOf, textNamespaces } from './registry.ts'

/**
 * The words of all commands, as far as they are there. To wait for those of a command that became known a moment ago
 * would take what is on screen away for that moment, the line one types in and its focus with it.
 */
export const useCommandWords = () => useTranslation(textNamespaces(), { useSuspense: false }).t

/** Those without are left out until their words have come; then the list is made anew. */
export const hasWords = (command: Command): boolean => i18next.hasLoadedNamespace(namespaceOf(command))
