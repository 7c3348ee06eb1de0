import { defineCommand } from '#console/commands/registry.ts'

const queue = (name: string, ...keys: string[]) =>
  defineCommand({ id: `queue.${name}`, text: `frame:queue.${name}`, group: 'queue', keys, when: 'queue' })
export const nextRow = queue('next', 'j', 'ArrowDown')
export const previousRow = queue('previous', 'k', 'ArrowUp')
export const openRow = queue('open', 'Enter')
export const backToQueue = queue('back', 'u')

const one = { group: 'conversation', when: 'conversation' } as const
export const assign = defineCommand({
  ...one,
  id: 'conversation.assign',
  text: 'frame:conversation.assign',
  keys: ['a'],
  icon: 'person',
})
export const giveToTeam = defineCommand({
  ...one,
  id: 'conversation.team',
  text: 'frame:conversation.team',
  icon: 'team',
})
export const notOurs = defineCommand({
  ...one,
  id: 'conversation.notOurs',
  text: 'console:notOurs',
  keys: ['Shift+t'],
  icon: 'team',
})
export const tag = defineCommand({
  ...one,
  id: 'conversation.tag',
  text: 'frame:conversation.tag',
  keys: ['t'],
  icon: 'tag',
})
export const setPriority = defineCommand({
  ...one,
  id: 'conversation.priority',
  text: 'frame:conversation.priority',
  keys: ['p'],
  icon: 'flag',
})
export const close = defineCommand({
  ...one,
  id: 'conversation.close',
  text: 'frame:conversation.close',
  keys: ['e'],
  icon: 'check',
})
export const merge = defineCommand({
  ...one,
  id: 'conversation.merge',
  text: 'console:merge',
  keys: ['m'],
  icon: 'link',
})
export const snooze = defineCommand({
  ...one,
  id: 'conversation.snooze',
  text: 'frame:conversation.snooze',
  keys: ['z'],
  icon: 'clock',
})
export const reply = defineCommand({
  ...one,
  group: 'writing',
  id: 'writing.reply',
  text: 'frame:writing.reply',
  keys: ['r'],
  icon: 'reply',
})
export const comment = defineCommand({
  ...one,
  group: 'writing',
  id: 'writing.comment',
  text: 'frame:writing.comment',
  keys: ['c'],
  icon: 'comment',
})
export const forward = defineCommand({
  ...one,
  group: 'writing',
  id: 'writing.forward',
  text: 'console:forward',
  keys: ['Shift+f'],
  icon: 'forward',
})
