import { type Command, runCommand } from '#console/commands/registry.ts'
import type { Customer } from '../customers.contract.ts'

let wanted: Customer | null = null

/** Opens New call with this customer. */
export function startCall(command: Command, customer: Customer): void {
  wanted = customer
  runCommand(command)
}
/** Whom the call that is opening is with, told once. */
export function calledOne(): Customer | null {
  const one = wanted
  wanted = null
  return one
}
