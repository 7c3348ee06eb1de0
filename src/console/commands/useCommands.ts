import { useLayoutEffect, useRef } from 'react'
import { caps, isCharacter } from './keyOf.ts'
import { listen, singleKeysOn } from './listen.ts'
import { type Binding, bind, type Command } from './registry.ts'

let mounted = 0
let unlisten = () => {}

/** What this component makes possible while it is on screen. The latest closures are the ones that run. */
export function useCommands(bindings: readonly Binding[]): void {
  const latest = useRef(bindings)
  latest.current = bindings
  // Before it is seen: a quick hand's key comes as soon as the screen shows what it is for.
  useLayoutEffect(() => {
    const unbind = bind(latest)
    mounted += 1
    if (mounted === 1) unlisten = listen()
    return () => {
      unbind()
      mounted -= 1
      if (mounted === 0) unlisten()
    }
  }, [])
}

/** One command of a component: `useCommand(assign, () => setOpen(true))`. */
export function useCommand(
  command: Command,
  run: Binding['run'],
  more: Omit<Binding, 'command' | 'run'> = {},
): void {
  useCommands([{ command, run, ...more }])
}

/** The key to show on a button, for `keys` of an IconButton or `hint` of a MenuItem. Nothing where it is switched off. */
export function keyHint({ keys }: Command): string | undefined {
  const first = keys?.[0]
  if (!first || (!singleKeysOn() && isCharacter(first))) return undefined
  return caps(first).join(' ')
}
