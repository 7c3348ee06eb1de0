/** Time is passed in: every due time is a row of ours compared with this clock, so that a test can drive it. */
export interface Clock {
  now(): Date
}
export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is set; it never goes back. */
export class TestClock implements Clock {
  #now: Date
  constructor(now = new Date()) {
    this.#now = now
  }
  now(): Date {
    return new Date(this.#now)
  }
  set(now: Date): void {
    if (now < this.#now) throw new RangeError('the test clock does not go back')
    this.#now = new Date(now)
  }
}

export const seconds = (n: number) => n * 1000
export const minutes = (n: number) => n * 60_000
export const hours = (n: number) => n * 3_600_000
export const days = (n: number) => n * 86_400_000
export const after = (time: Date, milliseconds: number) => new Date(time.getTime() + milliseconds)
