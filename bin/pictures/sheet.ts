export interface Picture {
  screen: string
  file: string
  width: number
  language: string
  theme: string
  remarks: string[]
}
const plain = (words: string) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** One page with all pictures, screen by screen. */
export function contactSheet(pictures: Picture[]): string {
  const screens = Map.groupBy(pictures, ({ screen }) => screen)
  const sections = [...screens].map(
    ([screen, taken]) => `<section id="${screen}"><h2>${screen}</h2>
<ul>${taken.flatMap(({ file, remarks }) => remarks.map((remark) => `<li>${plain(`${file}: ${remark}`)}</li>`)).join('')}</ul>
<div>${taken.map(({ file, width, language, theme }) => `<figure><a href="${file}"><img loading="lazy" src="${file}" height="320" alt="${screen}"></a><figcaption>${width} ${language} ${theme}</figcaption></figure>`).join('')}</div></section>`,
  )
  return `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{font:14px sans-serif;margin:24px}div{display:flex;flex-wrap:wrap;gap:12px}figure{margin:0}img{border:1px solid #ccc}li{color:#a33}</style>
<nav>${[...screens.keys()].map((screen) => `<a href="#${screen}">${screen}</a>`).join(' ')}</nav>
${sections.join('\n')}
`
}
