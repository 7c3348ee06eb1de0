/** Black on white, for paper and for a file on anybody's disk: system fonts, no colours that cost ink. */
export const documentStyle = (history: boolean): string => `
:root { color-scheme: light; }
body { max-width: 720px; margin: 32px auto; padding: 0 16px; background: #fff; color: #1b1b20;
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
header { margin-bottom: 24px; padding-bottom: 12px; border-bottom: 2px solid #1b1b20; }
h1 { margin: 0 0 4px; font-size: 20px; line-height: 1.3; }
header p, h2 span, time, .files { color: #55555f; font-size: 12px; }
header p { margin: 0; }
article { margin: 0 0 16px; padding: 8px 0 12px 12px; border-inline-start: 3px solid #c9c9d1; }
article.ours { border-inline-start-color: #3f5bd8; }
article.comment { border-inline-start-color: #d9b400; border-inline-start-style: dashed; }
p.event { display: flex; gap: 8px; margin: 0 0 16px 12px; color: #55555f; font-size: 12px; }
h2 { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 8px; margin: 0 0 8px; font-size: 14px; font-weight: 400;
  break-after: avoid; }
time { margin-inline-start: auto; }
.words > :first-child { margin-top: 0; } .words > :last-child { margin-bottom: 0; }
.words { overflow-x: auto; }
img { max-width: 100%; height: auto; } img:not([src]) { outline: 1px dashed #aaa; min-width: 24px; min-height: 16px; }
img.attached { display: block; max-height: 480px; margin-top: 8px; }
pre { white-space: pre-wrap; } table { max-width: 100%; }
blockquote { margin: 8px 0; padding-inline-start: 12px; border-inline-start: 2px solid #ccc; }
.files { margin: 8px 0 0; padding-inline-start: 20px; }
${history ? '.foyer-fold { color: #55555f; }' : '.foyer-fold { display: none; }'}
@page { margin: 16mm; }
@media print { body { max-width: none; margin: 0; padding: 0; } a { color: inherit; } .words { overflow: visible; }
  article { break-inside: auto; } tr, img { break-inside: avoid; } }
`
