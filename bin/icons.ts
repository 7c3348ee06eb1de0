// The icons of the installed console, drawn from its own mark by a browser: node bin/icons.ts. The PNGs are kept in the
// repository, so that a build needs no browser.
import { readFileSync, writeFileSync } from 'node:fs'
import { launch } from '../test/browser.ts'

const folder = new URL('../src/console/public/icons/', import.meta.url)
const mark = readFileSync(new URL('icon.svg', folder), 'utf8')
// A mask may cut to a circle of 80 %: the ground goes to the edges, the door stays inside.
const maskable = mark
  .replace('viewBox="0 0 32 32"', 'viewBox="-6 -6 44 44"')
  .replace(/<rect[^>]*\/>/, '<rect x="-6" y="-6" width="44" height="44" fill="#3f5bd8"/>')

const browser = await launch()
for (const [name, size, svg] of [
  ['icon-192', 192, mark],
  ['icon-512', 512, mark],
  ['maskable-512', 512, maskable],
] as const) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(
    `<body style="margin:0">${svg.replace('<svg ', `<svg width="${size}" height="${size}" style="display:block" `)}</body>`,
  )
  writeFileSync(new URL(`${name}.png`, folder), await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()
