// What every bench prints and how it counts.
import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'

export interface Figures {
  n: number
  p50: number
  p95: number
  p99: number
  most: number
}
/** Percentiles of milliseconds, nearest rank. */
export function figures(times: number[]): Figures {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN)
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) }
}
export const round = (n: number) => Math.round(n * 100) / 100

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** The code, the machine and how busy it is: figures without them say nothing. */
export function circumstances() {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  return {
    git: `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') ? ' with changes' : ''}`,
    node: process.version,
    processors: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: loadavg().map(round),
    at: new Date().toISOString(),
  }
}

export function line(name: string, { n, p50, p95, p99, most }: Figures, note = ''): string {
  const cell = (value: number) => value.toFixed(1).padStart(8)
  return `${name.padEnd(38)}${cell(p50)}${cell(p95)}${cell(p99)}${cell(most)}${String(n).padStart(7)}  ${note}`
}
export const heading = `${'milliseconds'.padEnd(38)}${['p50', 'p95', 'p99', 'most'].map((name) => name.padStart(8)).join('')}${'n'.padStart(7)}`
