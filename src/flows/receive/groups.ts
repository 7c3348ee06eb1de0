// Work that comes together is done together: items wait here, and as many as have nothing to do with each other go in
// one group. When a group fails, each of it is tried alone: one bad item takes no other with it.

interface Waiting<Item, Outcome> {
  item: Item
  keys: string[]
  resolve(outcome: Outcome): void
  reject(error: unknown): void
}
export interface GroupOptions<Item, Outcome> {
  /** groups under way at once */
  width: number
  /** so many waiting make another group worth while beside one that is under way; else they wait for it */
  crowd: number
  /** items of a group at the most */
  most: number
  /** items that share a key are worked on in the order they came, never in one group, never at once */
  keysOf(item: Item): string[]
  /** Does all of them or throws; answers in their order. */
  work(items: Item[]): Promise<Outcome[]>
}

/** @returns what takes one item and answers its outcome */
export function openGroups<Item, Outcome>({ width, crowd, most, keysOf, work }: GroupOptions<Item, Outcome>) {
  let waiting: Waiting<Item, Outcome>[] = []
  const underWay = new Set<string>()
  let running = 0

  function nextGroup(): Waiting<Item, Outcome>[] {
    const taken = new Set(underWay)
    const group: typeof waiting = []
    const left: typeof waiting = []
    for (const one of waiting) {
      const free = group.length < most && !one.keys.some((key) => taken.has(key))
      ;(free ? group : left).push(one)
      // Whoever has to wait is not overtaken by those who share a key with him.
      for (const key of one.keys) taken.add(key)
    }
    waiting = left
    return group
  }
  async function together(group: typeof waiting) {
    try {
      const outcomes = await work(group.map(({ item }) => item))
      for (const [n, one] of group.entries()) one.resolve(outcomes[n]!)
    } catch (error) {
      if (group.length === 1) return group[0]!.reject(error)
      for (const one of group) await together([one])
    }
  }
  async function run(first: typeof waiting) {
    running += 1
    for (let group = first; group.length > 0; group = nextGroup()) {
      const keys = group.flatMap((one) => one.keys)
      for (const key of keys) underWay.add(key)
      await together(group)
      for (const key of keys) underWay.delete(key)
    }
    running -= 1
  }
  function wake() {
    if (running >= width || (running > 0 && waiting.length < crowd)) return
    const group = nextGroup()
    if (group.length > 0) void run(group)
  }
  return (item: Item): Promise<Outcome> => {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
    waiting.push({ item, keys: keysOf(item), resolve, reject })
    wake()
    return promise
  }
}
