// npm run dev: the desk, restarted when a server file changes.
import { spawn } from 'node:child_process'

spawn(
  process.execPath,
  ['--watch-path=src', '--watch-path=db', 'src/app/cli.ts', 'start', ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
