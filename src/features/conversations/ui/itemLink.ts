/** The address of one message or comment: opens its conversation there and marks it. */
export const itemLink = (number: number, item: string): string =>
  `${location.origin}/conversations/${number}?around=${item}`
