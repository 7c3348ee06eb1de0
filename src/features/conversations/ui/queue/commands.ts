import { type Command, defineCommand } from '#console/commands/registry.ts'

const inQueue = (name: string, more: Partial<Command> = {}) =>
  defineCommand({ id: `queue.${name}`, text: `queue:cmd.${name}`, group: 'queue', when: 'queue', ...more })
export const filterQueue = inQueue('filter', { keys: ['f'], icon: 'filter' })
export const changeDensity = inQueue('dense', { icon: 'list' })

const onRow = (name: string, more: Partial<Command> = {}) =>
  inQueue(name, { text: `frame:conversation.${name}`, group: 'queue', ...more })
/** On the row under the mark, while none is open. */
export const closeRow = onRow('close', { keys: ['e'], icon: 'check' })
export const assignRow = onRow('assign', { keys: ['a'], icon: 'person' })
export const tagRow = onRow('tag', { keys: ['t'], icon: 'tag' })
export const priorityRow = onRow('priority', { keys: ['p'], icon: 'flag' })
export const snoozeRow = onRow('snooze', { keys: ['z'], icon: 'clock' })

const select = (name: string, keys: string[], when: Command['when']) =>
  defineCommand({ id: `selection.${name}`, text: `queue:cmd.${name}`, group: 'selection', keys, when })
export const pickRow = select('pick', ['x'], 'queue')
export const pickRange = select('pickRange', ['Shift+x'], 'queue')
export const pickAll = select('pickAll', ['Mod+a'], 'queue')
export const pickNone = select('pickNone', ['Escape'], 'selection')

const picked = (name: string, text: string, more: Partial<Command> = {}) =>
  defineCommand({ id: `selection.${name}`, text, group: 'selection', when: 'selection', ...more })
export const closePicked = picked('close', 'frame:conversation.close', { keys: ['e'], icon: 'check' })
export const assignPicked = picked('assign', 'frame:conversation.assign', { keys: ['a'], icon: 'person' })
export const teamPicked = picked('team', 'frame:conversation.team', { icon: 'team' })
export const tagPicked = picked('tag', 'frame:conversation.tag', { keys: ['t'], icon: 'tag' })
export const priorityPicked = picked('priority', 'frame:conversation.priority', { keys: ['p'], icon: 'flag' })
export const snoozePicked = picked('snooze', 'frame:conversation.snooze', { keys: ['z'], icon: 'clock' })
export const statusPicked = picked('status', 'queue:cmd.status', { keys: ['s'], icon: 'log' })
export const readPicked = picked('read', 'queue:markRead', { keys: ['i'], icon: 'eye' })
export const unreadPicked = picked('unread', 'console:markUnread', { keys: ['Shift+i'], icon: 'inbox' })
export const spamPicked = picked('spam', 'console:toSpam', { keys: ['!'], icon: 'warning' })
export const mergePicked = picked('merge', 'console:merge', { keys: ['m'], icon: 'link' })
export const trashPicked = picked('trash', 'console:toTrash', { keys: ['#'], icon: 'trash' })

/** Works everywhere on the desk. */
export const takeNext = defineCommand({
  id: 'desk.take-next',
  text: 'queue:takeNext',
  group: 'desk',
  keys: ['w'],
  icon: 'next',
})
