// What the search of the settings knows: the names of pages and of what can be set there, in every language. A text
// added here is found; nothing else has to be done.
import { rank } from '../commands/match.ts'

/** The namespaces they stand in. */
export const findableTexts = ['console', 'settings', 'desk', 'channels', 'addresses', 'notifications']
type Texts = Record<string, string>
/** Which texts lead to a page: `settings:profile.theme` is found on `profile`. */
const leading: Record<string, string[]> = {
  profile: [
    'settings:name',
    ...['language', 'theme', 'undo', 'signature', 'singleKeys', 'password'].map(
      (key) => `settings:profile.${key}`,
    ),
    'desk:zone.label',
    'desk:dense.label',
    'addresses:mine',
    'addresses:myFurther',
  ],
  notifications: [
    'notifications:grid',
    'notifications:addDevice',
    'notifications:awayMail',
    'notifications:available',
  ],
  sessions: ['settings:sessions.title', 'settings:sessions.words', 'settings:sessions.endOthers'],
  'api-keys': ['settings:apiKeys.title', 'settings:apiKeys.words', 'settings:apiKeys.add'],
  'saved-replies': ['desk:replies.words', 'desk:replies.add', 'desk:replies.preview'],
  views: ['desk:views.words', 'desk:views.add'],
  tags: ['desk:tags.words', 'desk:tags.merge', 'desk:tags.rename'],
  blocked: ['desk:blocked.words', 'desk:blocked.add'],
  spam: ['desk:spam.words', 'desk:spam.on', 'desk:spam.forget'],
  directory: ['desk:directory.words', 'desk:directory.add'],
  inboxes: [
    'settings:inboxes.words',
    'settings:inboxes.aliases',
    'settings:inboxes.seenBy',
    'settings:inboxes.signature',
    'settings:inboxes.senderNameLabel',
    'settings:inboxes.quoteLabel',
    'settings:inboxes.guardLabel',
    'settings:inboxes.plus',
    'desk:inboxes.acknowledges',
  ],
  channels: [
    'settings:channels.words',
    'settings:channels.imap',
    'settings:channels.smtp',
    'settings:channels.addMail',
    'settings:channels.addCustom',
    'settings:channels.password',
    'channels:find',
    'channels:round.title',
  ],
  'system-mail': ['desk:system.words', 'desk:system.name', 'desk:system.test', 'settings:channels.system'],
  'phone-numbers': ['desk:phones.words', 'desk:phones.country'],
  agents: ['settings:agents.words', 'settings:agents.invite', 'settings:agents.role', 'desk:away.label'],
  teams: ['settings:teams.words', 'settings:teams.members'],
}
export interface Finding {
  id: string
  page: string
  key: string
  words: string
}

/** Every text that leads to a page the reader may open, in each language given. @param texts by namespace */
export function findings(pages: readonly string[], languages: readonly Record<string, Texts>[]): Finding[] {
  return pages.flatMap((page) =>
    [`console:settings.${page}`, ...(leading[page] ?? [])].flatMap((key) =>
      languages.flatMap((texts, n) => {
        const [namespace, name] = key.split(':') as [string, string]
        const words = texts[namespace]?.[name]
        return words ? [{ id: `${key}:${n}`, page, key, words }] : []
      }),
    ),
  )
}

/** The best answers, each text once, whichever language found it. */
export function findSettings(typed: string, all: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  return rank(typed, all, [], 40)
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .slice(0, 8)
}
