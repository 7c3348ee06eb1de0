import { defineCommand } from '#console/commands/registry.ts'

export const showNews = defineCommand({
  id: 'notifications.open',
  text: 'notifications:cmd.open',
  group: 'desk',
  keys: ['g b'],
  icon: 'bell',
})
export const readNews = defineCommand({
  id: 'notifications.read-all',
  text: 'notifications:cmd.readAll',
  group: 'desk',
  icon: 'check',
})
export const goNewsSettings = defineCommand({
  id: 'go.notification-settings',
  text: 'notifications:cmd.settings',
  group: 'go',
})
