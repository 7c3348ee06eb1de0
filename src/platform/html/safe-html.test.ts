import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { textToHtml } from '#shared/text/text-to-html.ts'
import { htmlToText } from './html-to-text.ts'
import { safeHtml } from './safe-html.ts'
import { safeStyle } from './safe-style.ts'

const allowedAttribute =
  /^(?:abbr|align|alt|bgcolor|border|cellpadding|cellspacing|class|color|cols|colspan|dir|face|headers|height|href|lang|nowrap|rel|rowspan|size|span|src|start|style|target|title|type|valign|width)$/
const allowedTag =
  /^(?:a|abbr|address|article|b|big|blockquote|br|caption|center|cite|code|col|colgroup|dd|del|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|img|ins|kbd|li|main|mark|ol|p|pre|q|s|samp|section|small|span|strike|strong|su[bp]|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|wbr)$/

/** What is not allowed in HTML that was made safe; every `<` begins a tag, and every tag is looked at. */
function harmIn(html: string): string[] {
  const harm: string[] = []
  for (const [tag] of html.matchAll(/<[^>]*>?/g)) {
    const match = /^<\/?([a-z0-9]+)((?: [a-z]+(?:="[^"<>]*")?)*) ?\/?>$/.exec(tag)
    if (!match || !allowedTag.test(match[1]!)) harm.push(tag)
    for (const [, name, value] of (match?.[2] ?? '').matchAll(/ ([a-z]+)(?:="([^"]*)")?/g)) {
      if (!allowedAttribute.test(name!)) harm.push(tag)
      if (name === 'href' && !/^(?:https?:\/\/|mailto:|tel:)/i.test(value ?? '')) harm.push(tag)
      if (name === 'src' && !/^(?:https?:\/\/|cid:)/i.test(value ?? '')) harm.push(tag)
      if (name === 'style' && /url|expression|position|behaviou?r|binding|import|\\|\/\*/i.test(value ?? ''))
        harm.push(tag)
    }
  }
  return harm
}

const attacks = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//x></SCRIPT>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<object data=x></object><embed src=x>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java&#10;script:alert(1)">x</a>',
  '<a href="&#1;javascript:alert(1)">x</a>',
  '<a href=" JaVaScRiPt:alert(1)">x</a>',
  '<a href="data:text/html,<script>">x</a>',
  '<a href="vbscript:x">x</a>',
  '<a href="//evil.example">x</a>',
  '<a href="/console">x</a>',
  '<form action=x><input name=a><button>b</button></form>',
  '<meta http-equiv=refresh content="0;url=x">',
  '<base href="https://evil.example/">',
  '<link rel=stylesheet href=x>',
  '<style>@import x</style>',
  '<p style="position:fixed;top:0">x',
  '<p style="background:url(https://x)">x',
  '<p style="width:expression(alert(1))">x',
  '<p style="behavior:url(x);-moz-binding:url(x)">x',
  '<p style="background\\:url(x)">x',
  '<p style="color:red/*">x',
  "<p style='font-family:\"a;position:fixed'>x",
  '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
  '<img src="javascript:alert(1)">',
  '<video src=x onerror=alert(1)></video>',
  '<details open ontoggle=alert(1)>x</details>',
  '<div background="javascript:x">x</div>',
  '<td background="https://x">x</td>',
  '<!--><script>alert(1)</script>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>">',
  '<xmp><img src=x onerror=alert(1)></xmp>',
  '<p title="&quot;><script>alert(1)</script>">x',
  "<a title='\"><img src=x onerror=alert(1)>'>x",
  '<template><script>alert(1)</script></template>',
  '<select><style><img src=x onerror=alert(1)></style></select>',
  '<x onclick=alert(1)>x</x>',
  '<p id=location name=cookie class=admin>x',
  '<<script>script>alert(1)<</script>/script>',
  '<img src=x` `<script>alert(1)</script>"` `>',
]

for (const attack of attacks)
  test(`nothing harmful is left of ${attack.slice(0, 70)}`, () =>
    assert.deepEqual(harmIn(safeHtml(attack)), []))

test('what mail is made of stays: tables, colours, widths, lists, pictures, links', () => {
  const html =
    '<table width="600" cellpadding="0" bgcolor="#eeeeee"><tr><td colspan="2" style="color:#333;padding:4px;text-align:center"><ul><li><b>One</b></li></ul><img width="10" alt="x" src="cid:a@b" /></td></tr></table>'
  assert.equal(safeHtml(html), html)
  assert.equal(
    safeHtml('<a href="https://shop.example/?a=1&amp;b=2">x</a>'),
    '<a href="https://shop.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank">x</a>',
  )
  assert.equal(safeHtml('<img src="https://shop.example/p.png">'), '<img src="https://shop.example/p.png" />')
  assert.match(
    safeHtml('<body bgcolor="#fff" style="color:red">x</body>'),
    /^<div bgcolor="#fff" style="color:red">x<\/div>$/,
  )
})

test('the history is marked for folding', () => {
  for (const quote of [
    '<div class="gmail_quote">x</div>',
    '<blockquote type="cite">x</blockquote>',
    '<div id="appendonsend">x</div>',
    '<div class="moz-cite-prefix">x</div>',
  ])
    assert.match(safeHtml(quote), /class="foyer-quote"/)
  assert.doesNotMatch(
    safeHtml('<blockquote class="x">x</blockquote><p class="admin foyer-quote">y</p>'),
    /class/,
  )
})

test('styles are kept only from the list', () => {
  assert.equal(safeStyle('COLOR: Red; position: absolute; width:100%'), 'color:Red;width:100%')
  assert.equal(safeStyle('font-family: "Segoe UI", Arial'), 'font-family:Segoe UI, Arial')
  assert.equal(safeStyle('margin-left:-9999px;color:rgb(1, 2, 3)'), 'color:rgb(1, 2, 3)')
  assert.equal(safeStyle('color:var(--x);width:calc(1px)'), '')
})

test('huge and tangled documents end within a second', () => {
  const cell = '<td style="color:#fff" width=100><a href="https://x.example">Some text</a></td>'
  for (const html of [
    cell.repeat(70_000),
    '<div>'.repeat(1e6),
    '<a '.repeat(1.6e6),
    '<'.repeat(5e6),
    '<!--'.repeat(1e6),
    '&'.repeat(9e5),
    `<p ${'a=b '.repeat(2e5)}>`,
    `${'<b>'.repeat(450)}x`.repeat(80),
    '<table><tr>'.repeat(2e5),
    `<p style="${'a:b;'.repeat(1e5)}">`,
  ]) {
    const start = performance.now()
    const safe = safeHtml(html)
    const took = performance.now() - start
    assert.ok(took < 5000, `${html.slice(0, 20)} took ${Math.round(took)} ms`)
    assert.deepEqual(harmIn(safe.slice(0, 100_000).replace(/<[^>]*$/, '')), [])
  }
})

test('text becomes paragraphs with links, and nothing in it becomes markup', () => {
  assert.equal(
    textToHtml('Hi <b> & "you"\nthere\n\nBye'),
    '<p>Hi &lt;b&gt; &amp; &quot;you&quot;<br>\nthere</p>\n<p>Bye</p>',
  )
  const link = (href: string, shown: string): string =>
    `<a href="${href}" rel="noopener noreferrer nofollow" target="_blank">${shown}</a>`
  assert.equal(
    textToHtml('See https://a.example/x_(y)?a=1&b=2.'),
    `<p>See ${link('https://a.example/x_(y)?a=1&amp;b=2', 'https://a.example/x_(y)?a=1&amp;b=2')}.</p>`,
  )
  assert.equal(
    textToHtml('(mail me@a.example)'),
    `<p>(mail ${link('mailto:me@a.example', 'me@a.example')})</p>`,
  )
  assert.equal(
    textToHtml('javascript:alert(1) https://"onclick=x'),
    '<p>javascript:alert(1) https://&quot;onclick=x</p>',
  )
  assert.deepEqual(harmIn(textToHtml(attacks.join('\n'))), [])
})

test('HTML as text keeps quotes, links and lists readable', () => {
  assert.equal(htmlToText('<p>Hi</p><blockquote>Old<br>words</blockquote>'), 'Hi\n\n> Old\n> words')
  assert.equal(
    htmlToText('<a href="https://a.example">here</a> <a href="https://b.example">https://b.example</a>'),
    'here <https://a.example> https://b.example',
  )
  assert.equal(htmlToText('<ul><li>a</li><li>b</li></ul>'), '* a\n* b')
  assert.equal(htmlToText('<style>x</style><script>y</script><title>z</title>ok&nbsp;go'), 'ok go')
})

const corpora = process.env.FOYER_CORPORA ?? ''
const skip = existsSync(join(corpora, 'h5sc')) ? false : 'FOYER_CORPORA is not set'

test('nothing harmful is left of the collections of attacks', { skip }, () => {
  const vectors = ['h5sc/items.js', 'h5sc/payloads.js', 'h5sc/vectors.txt', 'dompurify/expect.mjs'].flatMap(
    (file) => {
      const text = readFileSync(join(corpora, file), 'utf8')
      const unescaped = text.replace(
        /\\(["'nrt\\/])/g,
        (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char,
      )
      return [text, unescaped, ...text.split('\n'), ...unescaped.split('\n')]
    },
  )
  const tests = readdirSync(join(corpora, 'html5lib-tests'), { recursive: true, encoding: 'utf8' })
  const documents = tests
    .filter((name) => name.endsWith('.dat'))
    .flatMap((name) => readFileSync(join(corpora, 'html5lib-tests', name), 'utf8').split(/^#data$/m))
  for (const vector of [...vectors, ...documents])
    assert.deepEqual(harmIn(safeHtml(vector)), [], vector.slice(0, 200))
})
