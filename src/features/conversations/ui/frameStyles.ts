/** The quotes of the common mail programs, where the sanitised HTML still tells them. */
export const quoted = '[data-fold], .gmail_quote, blockquote[type="cite"], .yahoo_quoted, .moz-cite-prefix'

/** Our type and width; the mail's own styles go before. Colours follow the theme unless the mail has its own. */
export function addStyles(inside: Document, own: boolean): void {
  const here = getComputedStyle(document.body)
  const dark = here.colorScheme === 'dark' || luminance(here.backgroundColor) < 0.5
  const onDark = dark && !own
  const style = inside.createElement('style')
  style.textContent = `${fontFaces()}
    html { color-scheme: ${onDark ? 'dark' : 'light'}; overflow: auto hidden; }
    body { margin: 0; ${own ? 'padding: 12px; ' : ''}font: 14px/1.5 ${here.fontFamily}; color: ${own ? '#1b1b20' : here.color}; overflow-wrap: anywhere; }
    body > :first-child { margin-top: 0; } body > :last-child { margin-bottom: 0; }
    img { max-width: 100%; } img:not([data-blocked]) { height: auto; }
    img[data-blocked] { min-width: 24px; min-height: 16px; background: #8881; outline: 1px dashed #8886; font-size: 12px; }
    blockquote { margin-inline: 0; padding-inline-start: 12px; border-inline-start: 2px solid #8884; }
    pre { white-space: pre-wrap; }
    table { max-width: 100%; }
    ${own ? '' : `a { color: ${onDark ? '#9fb0ff' : '#3a55d0'}; }`}
    html[data-folded] :is(${quoted}) { display: none; }`
  inside.head.append(style)
}

function luminance(colour: string): number {
  const [red = 255, green = 255, blue = 255] = colour.match(/[\d.]+/g)?.map(Number) ?? []
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
}

let faces: string | null = null
/** Our font inside the frame: its rules with addresses that hold there. */
function fontFaces(): string {
  faces ??= [...document.styleSheets]
    .filter((sheet) => sheet.href?.startsWith(location.origin))
    .flatMap((sheet) =>
      [...sheet.cssRules]
        .filter((rule) => rule instanceof CSSFontFaceRule)
        .map((rule) =>
          rule.cssText.replace(
            /url\("?([^")]+)"?\)/g,
            (_, path: string) => `url("${new URL(path, sheet.href ?? '')}")`,
          ),
        ),
    )
    .join('\n')
  return faces
}
