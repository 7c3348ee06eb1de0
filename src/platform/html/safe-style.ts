/**
 * CSS properties that a mail may use on its own elements: how its text looks and how wide its tables are.
 * Nothing that moves things out of their place, loads, hides under others, or runs.
 */
const properties = new Set(
  (
    'background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width border-collapse ' +
    'border-color border-left border-left-color border-left-style border-left-width border-radius border-right ' +
    'border-right-color border-right-style border-right-width border-spacing border-style border-top border-top-color ' +
    'border-top-style border-top-width border-width caption-side clear color direction display empty-cells float font ' +
    'font-family font-size font-style font-variant font-weight height letter-spacing line-height list-style-type ' +
    'margin margin-bottom margin-left margin-right margin-top max-height max-width mso-hide overflow overflow-wrap padding ' +
    'padding-bottom padding-left padding-right padding-top table-layout text-align text-decoration ' +
    'text-decoration-color text-decoration-line text-indent text-transform vertical-align white-space width word-break ' +
    'word-spacing word-wrap'
  ).split(' '),
)
/** Words, numbers, colours, and the few functions that make colours: no quotes, slashes, escapes or addresses. */
const harmless = /^(?:[\w#%.,\s!+-]|\b(?:rgba?|hsla?)\([\d.,%\s]{1,60}\)){1,200}$/i
const displays = /^(?:block|inline|inline-block|none|table|table-row|table-cell|list-item)$/i

/** The declarations of a style attribute that are allowed, in a form without quotes or comments; '' for none. */
export function safeStyle(style: string): string {
  if (style.length > 5000 || /[\\{}@]|\/\*|<|&/.test(style)) return ''
  return style
    .split(';')
    .map((declaration) => safeDeclaration(declaration))
    .filter((declaration) => declaration !== null)
    .join(';')
}

function safeDeclaration(declaration: string): string | null {
  const colon = declaration.indexOf(':')
  if (colon < 0) return null
  const property = declaration.slice(0, colon).trim().toLowerCase()
  const value = unquoted(property, declaration.slice(colon + 1).trim())
  return properties.has(property) && isSafeValue(property, value) ? `${property}:${value}` : null
}

/** Font names need no quotes. */
const unquoted = (property: string, value: string): string =>
  /^font/.test(property) ? value.replace(/["']/g, '') : value

function isSafeValue(property: string, value: string): boolean {
  if (!harmless.test(value)) return false
  if (property === 'display') return displays.test(value)
  if (property.startsWith('margin') || property === 'text-indent') return !/-\d*\.?\d/.test(value)
  return true
}
