import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second. */
const tick = 10

/** Milliseconds of processor time of a process and, apart, of all below it; null where /proc does not tell. */
export function cpuOf(pid: number): { own: number; below: number } | null {
  try {
    const all = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => statOf(Number(name)))
    const family = new Set([pid])
    // Children stand after their parents often enough; three rounds find grandchildren whatever the order.
    for (let round = 0; round < 3; round += 1)
      for (const one of all) if (family.has(one.parent)) family.add(one.pid)
    const sum = (pids: typeof all) => pids.reduce((total, one) => total + one.time, 0)
    return {
      own: sum(all.filter((one) => one.pid === pid)),
      below: sum(all.filter((one) => one.pid !== pid && family.has(one.pid))),
    }
  } catch {
    return null
  }
}

function statOf(pid: number): { pid: number; parent: number; time: number }[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    // utime and stime; the time of children that have ended, too (PostgreSQL's short-lived ones).
    const time = [11, 12, 13, 14].reduce((total, at) => total + Number(fields[at]), 0) * tick
    return [{ pid, parent: Number(fields[1]), time }]
  } catch {
    return []
  }
}
