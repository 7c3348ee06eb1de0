/**
 * The fault harness: `npm run test:faults -- [--seed N] [--mails 2000] [--kills 200] [--control]`. Without a seed it
 * chooses one and prints it. `--control` takes guards out and must find losses, doubles and halves: it ends with 0
 * when it does.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { storm, tell } from './storm.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    mails: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '200' },
    control: { type: 'boolean', default: false },
  },
})
const { control } = values
const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`)
const report = await storm({
  seed: Number(values.seed ?? Math.floor(Math.random() * 1e6)),
  mails: Number(values.mails),
  kills: Number(values.kills),
  control,
  say,
})
console.log(tell(report))
console.log(`load ${loadavg()[0]!.toFixed(1)}`)
const { lost, doubled, halfMade } = report
const found = [lost, doubled, halfMade].map((list) => list.length)
// A process that ends by itself is a fault too, though the next one finds everything.
const good = control
  ? found.every((n) => n > 0)
  : found.every((n) => n === 0) && report.surprises.length === 0
if (control)
  console.log(good ? 'the control failed, as it must' : 'THE CONTROL DID NOT FAIL: the harness is blind')
process.exit(good ? 0 : 1)
