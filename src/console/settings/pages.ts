// The pages of the settings. Each is fetched when gone to; its texts live in the namespace of its feature.
import type { ComponentType } from 'react'

export interface SettingsPlace {
  id: string
  /** Seen by administrators only. */
  admin: boolean
  load: () => Promise<ComponentType>
}
export const settingsPages: SettingsPlace[] = [
  {
    id: 'profile',
    admin: false,
    load: async () => (await import('#features/agents/ui/ProfilePage.tsx')).ProfilePage,
  },
  {
    id: 'sessions',
    admin: false,
    load: async () => (await import('#features/sign-in/ui/SessionsPage.tsx')).SessionsPage,
  },
  {
    id: 'api-keys',
    admin: false,
    load: async () => (await import('#features/sign-in/ui/ApiKeysPage.tsx')).ApiKeysPage,
  },
  {
    id: 'inboxes',
    admin: true,
    load: async () => (await import('#features/inboxes/ui/InboxesPage.tsx')).InboxesPage,
  },
  {
    id: 'channels',
    admin: true,
    load: async () => (await import('#features/connections/ui/ChannelsPage.tsx')).ChannelsPage,
  },
  {
    id: 'agents',
    admin: true,
    load: async () => (await import('#features/agents/ui/AgentsPage.tsx')).AgentsPage,
  },
  {
    id: 'teams',
    admin: true,
    load: async () => (await import('#features/teams/ui/TeamsPage.tsx')).TeamsPage,
  },
]
