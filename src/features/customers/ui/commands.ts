import { defineCommand } from '#console/commands/registry.ts'

export const newCall = defineCommand({
  id: 'desk.new-call',
  text: 'who:newCall',
  group: 'desk',
  keys: ['Shift+c'],
  icon: 'phone',
})
export const goCustomers = defineCommand({
  id: 'go.customers',
  text: 'who:goCustomers',
  group: 'go',
  keys: ['g c'],
})
