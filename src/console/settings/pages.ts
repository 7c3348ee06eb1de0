// The pages of the settings. Each is fetched when gone to; its texts live in the namespace of its feature.
import type { ComponentType } from 'react'

/** One's own things, how one works, what the desk is made of. */
export const settingsGroups = ['mine', 'work', 'desk'] as const
export interface SettingsPlace {
  id: string
  group: (typeof settingsGroups)[number]
  /** Seen by administrators only. */
  admin: boolean
  load: () => Promise<ComponentType>
}
export const settingsPages: SettingsPlace[] = [
  {
    id: 'profile',
    group: 'mine',
    admin: false,
    load: async () => (await import('#features/agents/ui/ProfilePage.tsx')).ProfilePage,
  },
  {
    id: 'notifications',
    group: 'mine',
    admin: false,
    load: async () => (await import('#features/notifications/ui/NotificationsPage.tsx')).NotificationsPage,
  },
  {
    id: 'sessions',
    group: 'mine',
    admin: false,
    load: async () => (await import('#features/sign-in/ui/SessionsPage.tsx')).SessionsPage,
  },
  {
    id: 'api-keys',
    group: 'mine',
    admin: false,
    load: async () => (await import('#features/sign-in/ui/ApiKeysPage.tsx')).ApiKeysPage,
  },
  {
    id: 'saved-replies',
    group: 'work',
    admin: false,
    load: async () => (await import('#features/saved-replies/ui/SavedRepliesPage.tsx')).SavedRepliesPage,
  },
  {
    id: 'views',
    group: 'work',
    admin: false,
    load: async () => (await import('#features/views/ui/ViewsPage.tsx')).ViewsPage,
  },
  {
    id: 'tags',
    group: 'work',
    admin: true,
    load: async () => (await import('#features/tags/ui/TagsPage.tsx')).TagsPage,
  },
  {
    id: 'blocked',
    group: 'work',
    admin: false,
    load: async () => (await import('#features/customers/ui/BlockedPage.tsx')).BlockedPage,
  },
  {
    id: 'spam',
    group: 'work',
    admin: false,
    load: async () => (await import('#features/spam/ui/SpamPage.tsx')).SpamPage,
  },
  {
    id: 'directory',
    group: 'work',
    admin: true,
    load: async () => (await import('#features/consults/ui/DirectoryPage.tsx')).DirectoryPage,
  },
  {
    id: 'inboxes',
    group: 'desk',
    admin: true,
    load: async () => (await import('#features/inboxes/ui/InboxesPage.tsx')).InboxesPage,
  },
  {
    id: 'channels',
    group: 'desk',
    admin: true,
    load: async () => (await import('#features/connections/ui/ChannelsPage.tsx')).ChannelsPage,
  },
  {
    id: 'agents',
    group: 'desk',
    admin: true,
    load: async () => (await import('#features/agents/ui/AgentsPage.tsx')).AgentsPage,
  },
  {
    id: 'teams',
    group: 'desk',
    admin: true,
    load: async () => (await import('#features/teams/ui/TeamsPage.tsx')).TeamsPage,
  },
  {
    id: 'system-mail',
    group: 'desk',
    admin: true,
    load: async () => (await import('#features/outbox/ui/SystemSenderPage.tsx')).SystemSenderPage,
  },
  {
    id: 'phone-numbers',
    group: 'desk',
    admin: true,
    load: async () => (await import('#features/customers/ui/PhoneNumbersPage.tsx')).PhoneNumbersPage,
  },
]
