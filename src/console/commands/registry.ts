// What can be done, in one place: the keys, the list behind `?`, the palette and the tooltips are all made from it.
// A command is defined once, beside the feature it belongs to; a component that is mounted says what it does there.
import type { IconName } from '../kit/Icon.tsx'

export const groups = ['queue', 'selection', 'conversation', 'writing', 'go', 'desk'] as const
export type Group = (typeof groups)[number]

/** Where a command works, from the widest to the narrowest: the narrower one gets a key both know. */
export const contexts = ['anywhere', 'queue', 'conversation', 'selection'] as const
export type Context = (typeof contexts)[number]

export interface Command {
  /** Where it belongs and what it does: `conversation.assign`. */
  id: string
  /** The text's key with its namespace: `frame:assign`. */
  text: string
  /** Its heading in the list of keys and in the palette. */
  group: Group
  /**
   * Single keys (`j`, `ArrowDown`, `?`, `Shift+x`), two after each other (`g m`), or with Ctrl/⌘ (`Mod+k`), which work
   * while typing too. The first is the one shown.
   */
  keys?: readonly string[]
  icon?: IconName
  /** `anywhere` when not said. */
  when?: Context
}

/** What a command does here and now. */
export interface Binding {
  command: Command
  /** Answers false when the key is not for it after all: the next one who knows the key is asked. */
  run: (event?: KeyboardEvent) => unknown
  /** Not possible at the moment: no key, not in the palette. */
  off?: boolean
  /** Words instead of the command's own where they say more: "Reopen" instead of "Close". */
  words?: string
  /** Works by key only: moving a mark is nothing to look for in the palette. */
  keyOnly?: boolean
  /** What the palette offers while one types, e.g. one per agent: "Assign → Boris". Asked when it opens. */
  choices?: () => readonly Choice[]
}
export interface Choice {
  id: string
  words: string
  run: () => unknown
}

const defined = new Map<string, Command>()
/** Makes a command known. Once per id. */
export function defineCommand(command: Command): Command {
  if (defined.has(command.id) && !import.meta.hot)
    throw new Error(`The command ${command.id} is defined twice.`)
  defined.set(command.id, command)
  return command
}
/** Every command known so far, whether it can be run here or not, group by group. */
export const allCommands = (): Command[] =>
  [...defined.values()].sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group))

/** Where the words of all commands stand; fetched when somebody looks. */
export const textNamespaces = (): string[] => [...new Set(['frame', ...allCommands().map(namespaceOf)])]
export const namespaceOf = ({ text }: Command): string => text.split(':')[0]!

type Source = { readonly current: readonly Binding[] }
const sources: Source[] = []
/** Keeps the latest bindings of a mounted component known until the answer is called. */
export function bind(source: Source): () => void {
  sources.push(source)
  return () => void sources.splice(sources.indexOf(source), 1)
}

const rank = ({ command }: Binding) => contexts.indexOf(command.when ?? 'anywhere')
/** What can be run now, the narrowest context first, within it what came on screen last. */
export function runnable(): Binding[] {
  const latest = sources.flatMap((source) => source.current.filter((binding) => !binding.off)).reverse()
  return latest.sort((a, b) => rank(b) - rank(a))
}

/** Runs what this key means here; answers whether somebody took it. */
export function runKey(key: string, event?: KeyboardEvent): boolean {
  return runnable().some(
    ({ command, run }) => command.keys?.some((each) => each === key) && run(event) !== false,
  )
}
/** Whether a key may be the first of two. */
export const startsSequence = (key: string): boolean =>
  runnable().some(({ command }) => command.keys?.some((each) => each.startsWith(`${key} `)))

/** Runs a command by its name, as a click on its button would; answers whether it could. */
export function runCommand(command: Command): boolean {
  return runnable().some((binding) => binding.command.id === command.id && binding.run() !== false)
}
