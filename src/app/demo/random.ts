/** Chance with a seed: the same seed makes the same desk. */
export interface Chance {
  /** 0 ≤ x < 1 */
  next(): number
  /** a whole number from `least` to `most`, both included */
  whole(least: number, most: number): number
  pick<T>(from: readonly T[]): T
  /** true in `share` of all cases */
  happens(share: number): boolean
}

/** mulberry32: small, quick and good enough to make up letters. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    whole,
    pick: (from) => from[Math.floor(next() * from.length)]!,
    happens: (share) => next() < share,
  }
}

/** Picks by rank as words do in natural text (Zipf): the second half as often as the first, the third a third. */
export function zipf(ranks: number, { next }: Chance): () => number {
  const size = 1 << 18
  const table = new Uint32Array(size)
  let sum = 0
  for (let rank = 0; rank < ranks; rank += 1) sum += 1 / (rank + 2.7)
  let rank = 0
  let reached = 1 / 2.7 / sum
  for (let i = 0; i < size; i += 1) {
    while ((i + 0.5) / size > reached && rank < ranks - 1) {
      rank += 1
      reached += 1 / (rank + 2.7) / sum
    }
    table[i] = rank
  }
  // The table alone would never reach the rarest ranks: what stands between two of its steps is drawn between them.
  return () => {
    const i = Math.floor(next() * size)
    const from = table[i]!
    const to = i + 1 < size ? table[i + 1]! : ranks - 1
    return to > from + 1 ? from + Math.floor(next() * (to - from)) : from
  }
}
