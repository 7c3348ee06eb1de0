#!/usr/bin/env node
// Runs the commands with Node 24 or newer. The shebang may have found the system's older Node: the one that npm
// brought stands next to us in node_modules/.bin. Plain JavaScript on purpose: the old Node must be able to read it.
const { spawn } = require('node:child_process')
const { existsSync, realpathSync } = require('node:fs')
const { join, dirname } = require('node:path')

const root = dirname(dirname(realpathSync(__filename)))
const cli = join(root, 'src', 'app', 'cli.ts')
if (Number(process.versions.node.split('.')[0]) >= 24) {
  import(require('node:url').pathToFileURL(cli).href).catch((error) => {
    console.error(error)
    process.exit(1)
  })
} else {
  const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  if (!existsSync(node)) {
    console.error(
      `Foyer needs Node 24 or newer; this is ${process.version}. Run npm ci in ${root}, or install Node 24.`,
    )
    process.exit(1)
  }
  const child = spawn(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
}
