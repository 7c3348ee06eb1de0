/** {{customer}} and its like replaced; an unknown one stays, so that it is seen before it is sent. */
export const fillIn = (text: string, values: Record<string, string>): string =>
  text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => values[name] ?? whole)
