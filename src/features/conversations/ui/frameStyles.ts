/** On what a mail is shown: as our own words, on white as its writer saw it, or that turned dark. */
export type Sheet = 'plain' | 'white' | 'dark'

/** Our type and width. Colours follow the theme unless the mail has its own. */
export function frameStyles(sheet: Sheet, dark: boolean): string {
  const here = getComputedStyle(document.body)
  const own = sheet !== 'plain'
  const onDark = dark && !own
  return `${fontFaces()}
    html { color-scheme: ${onDark ? 'dark' : 'light'}; overflow: auto hidden; ${sheet === 'dark' ? 'background: #fff; filter: invert(0.92) hue-rotate(180deg);' : ''} }
    body { margin: 0; ${own && dark ? 'padding: 12px; ' : ''}font: ${here.fontSize}/1.5 ${here.fontFamily}; color: ${own ? '#1b1b20' : here.color}; overflow-wrap: anywhere; }
    body > :first-child, body > :first-child > :first-child { margin-top: 0; }
    body > :last-child, body > :last-child > :last-child { margin-bottom: 0; }
    img { max-width: 100%; } img:not([data-blocked]) { height: auto; }
    ${sheet === 'dark' ? 'img { filter: invert(1) hue-rotate(180deg); }' : ''}
    img[data-blocked] { min-width: 24px; min-height: 16px; background: #8881; outline: 1px dashed #8886; font-size: 12px; }
    blockquote { margin-inline: 0; padding-inline-start: 12px; border-inline-start: 2px solid #8884; }
    pre { white-space: pre-wrap; }
    td, th { overflow-wrap: normal; word-break: normal; }
    ${own ? '' : `a { color: ${onDark ? '#9fb0ff' : '#3a55d0'}; }`}
    html[data-folded] .foyer-fold { display: none; }`
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
