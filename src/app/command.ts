export interface Command {
  /** the line of the help page */
  summary: string
  /** the whole help of `foyer x --help` */
  help: string
  /** @returns the exit code */
  run(args: string[]): Promise<number>
}

/** Thrown for what the person can mend: printed as it is, without a stack. */
export class CommandFailed extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
