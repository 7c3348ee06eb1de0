import type { Command } from './registry.ts'

/** What has keys, each act once: one that works on the open conversation, a row and the selection is the conversation's. */
export function listedOnce(commands: readonly Command[]): Command[] {
  const listed = new Map<string, Command>()
  for (const command of commands) {
    if (!command.keys?.length) continue
    const act = `${command.text} ${command.keys.join(' ')}`
    if (!listed.has(act) || command.group === 'conversation') listed.set(act, command)
  }
  return commands.filter((command) => [...listed.values()].includes(command))
}
