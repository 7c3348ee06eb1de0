/**
 * The place a row dragged from `from` gets when it is let go at a height.
 * @param middles of the rows, downwards
 */
export function dropAt(middles: readonly number[], height: number, from: number): number {
  const above = middles.filter((middle, at) => at !== from && middle < height).length
  return Math.min(above, middles.length - 1)
}
