import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DomUtils, parseDocument } from 'htmlparser2'
import { foldClass, foldHtml } from './fold-html.ts'
import { type HtmlNode, isElement } from './html-lines.ts'
import { htmlToText } from './html-to-text.ts'
import { safeHtml } from './safe-html.ts'

/** What is read before anything is unfolded. */
function shown(html: string, subject = ''): string {
  const root = parseDocument(foldHtml(safeHtml(html), { subject }))
  const strip = (nodes: HtmlNode[]) => {
    for (const node of [...nodes])
      if (isElement(node)) {
        if (node.attribs.class === foldClass) DomUtils.removeElement(node)
        else strip(node.children)
      }
  }
  strip(root.children)
  return htmlToText(DomUtils.getInnerHTML(root)).replace(/\s+/g, ' ').trim()
}

const old = '<p>Where is the parcel?</p><p>Regards</p>'
const answer = '<p>It came, <b>thank you</b>.</p><p>Anna</p>'
const said = 'It came, thank you. Anna'
const who = 'Shop &lt;<a href="mailto:help@shop.example">help@shop.example</a>&gt;'
const outlook = (from: string, sent: string, to: string, subject: string) =>
  `<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0"><p><b>${from}:</b> Shop<br><b>${sent}:</b> 2.3.2026 10:11<br><b>${to}:</b> Anna<br><b>${subject}:</b> Order</p></div>${old}`

const histories: [program: string, html: string][] = [
  [
    'Gmail en',
    `<div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 2, 2026 at 10:11 AM ${who} wrote:<br></div><blockquote class="gmail_quote">${old}</blockquote></div>`,
  ],
  [
    'Gmail ru',
    `<div class="gmail_quote"><div class="gmail_attr">пн, 2 мар. 2026 г. в 10:11, ${who}:<br></div><blockquote class="gmail_quote">${old}</blockquote></div>`,
  ],
  [
    'Gmail mn',
    `<div class="gmail_quote"><div class="gmail_attr">2026 оны 3-р сарын 2, Да 10:11 цагт ${who} бичсэн нь:<br></div><blockquote class="gmail_quote">${old}</blockquote></div>`,
  ],
  [
    'Gmail in a language nobody taught us',
    `<div class="gmail_quote"><div class="gmail_attr">XX 2026/3/2 10:11 ${who} ckrifis:</div><blockquote class="gmail_quote">${old}</blockquote></div>`,
  ],
  [
    'Apple Mail de',
    `<div><br><blockquote type="cite"><div>Am 02.03.2026 um 10:11 schrieb ${who}:</div><br><div>${old}</div></blockquote></div>`,
  ],
  [
    'Apple Mail ja',
    `<div>2026/03/02 10:11、${who}のメール:<br><blockquote type="cite">${old}</blockquote></div>`,
  ],
  [
    'Thunderbird fr',
    `<div class="moz-cite-prefix">Le 02/03/2026 à 10:11, Shop a écrit :<br></div><blockquote type="cite" cite="mid:x">${old}</blockquote>`,
  ],
  [
    'Thunderbird es',
    `<div class="moz-cite-prefix">El 2/3/26 a las 10:11, Shop escribió:<br></div><blockquote type="cite">${old}</blockquote>`,
  ],
  [
    'Yandex',
    `<div>02.03.2026, 10:11, "Shop" &lt;help@shop.example&gt;:</div><blockquote>${old}</blockquote>`,
  ],
  [
    'Mail.ru',
    `<blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">Понедельник, 2 марта 2026, 10:11 +03:00 от ${who}:<br><br>${old}</blockquote>`,
  ],
  ['Outlook en', outlook('From', 'Sent', 'To', 'Subject')],
  ['Outlook ru', outlook('От', 'Отправлено', 'Кому', 'Тема')],
  ['Outlook de', outlook('Von', 'Gesendet', 'An', 'Betreff')],
  ['Outlook fr', outlook('De', 'Envoyé', 'À', 'Objet')],
  ['Outlook es', outlook('De', 'Enviado', 'Para', 'Asunto')],
  ['Outlook ro', outlook('De la', 'Trimis', 'Către', 'Subiect')],
  ['Outlook ja', outlook('差出人', '送信日時', '宛先', '件名')],
  ['Outlook mn', outlook('Хэнээс', 'Илгээсэн', 'Хэнд', 'Сэдэв')],
  [
    'Outlook on the web',
    `<div id="appendonsend"></div><hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr"><font color="#000000"><b>From:</b> Shop<br><b>Sent:</b> Monday, March 2, 2026 10:11 AM<br><b>To:</b> Anna<br><b>Subject:</b> Order</font><div>&nbsp;</div></div><div>${old}</div>`,
  ],
  [
    'Yahoo',
    `<div class="yahoo_quoted"><div>On Monday, March 2, 2026 at 10:11:12 AM GMT+1, ${who} wrote:</div><div>${old}</div></div>`,
  ],
]
for (const [program, history] of histories)
  test(`the history of ${program} is folded in HTML`, () => {
    assert.equal(shown(`<div>${answer}</div><div><br></div>${history}`), said)
  })

test('answers between the quoted parts of an HTML mail stay visible, and so do the questions', () => {
  const html = `<div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 2, 2026 at 10:11 AM ${who} wrote:</div><blockquote class="gmail_quote"><div>One?</div></blockquote><div>Yes.</div><blockquote class="gmail_quote"><div>Two?</div></blockquote><div>No.</div><blockquote class="gmail_quote"><div>Regards</div></blockquote></div>`
  const words = shown(html)
  for (const part of ['One?', 'Yes.', 'Two?', 'No.']) assert.ok(words.includes(part), words)
  assert.ok(!words.includes('Regards'))
})

test('answers in red inside the old mail stay visible', () => {
  const html = `<p>Hello, see my answers below in red.</p>${outlook('From', 'Sent', 'To', 'Subject')}`
  assert.ok(shown(html).includes('Where is the parcel?'))
})

test('a forwarded HTML mail is shown whole', () => {
  for (const html of [
    `<div>FYI</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: Shop<br></div>${old}</div>`,
    `<div>FYI</div><blockquote type="cite"><div>Begin forwarded message:</div><div>${old}</div></blockquote>`,
  ])
    assert.ok(shown(html).includes('Where is the parcel?'), html)
  assert.ok(shown(`<p>FYI</p>${histories[0]![1]}`, 'Fwd: Order').includes('Where is the parcel?'))
})

test('an HTML mail that is nothing but history, or nothing but a signature, is shown', () => {
  for (const html of [
    histories[0]![1],
    `<blockquote type="cite">${old}</blockquote>`,
    '<div class="gmail_signature">Anna<br>+7 900 000</div>',
  ])
    assert.equal(foldHtml(safeHtml(html)), safeHtml(html))
})

test('signatures are folded by the mark of their program, by two dashes, by the line of a phone', () => {
  for (const html of [
    '<div>Hello</div><div class="gmail_signature">Anna<br>Director</div>',
    '<div>Hello</div><div><span>-- </span><br>Anna<br>Director</div>',
    '<div>Hello</div><div id="Signature"><p>Anna</p></div>',
    '<div>Hello</div><div><br></div><div>Отправлено с iPhone</div>',
    `<div>Hello</div><div class="gmail_signature">Anna</div>${histories[0]![1]}`,
  ])
    assert.equal(shown(html), 'Hello', html)
})

test('a picture alone above the history counts as something to look at', () => {
  const folded = foldHtml(safeHtml(`<img src="cid:a">${histories[0]![1]}`))
  assert.ok(folded.includes(foldClass))
})

test('a mail cannot bring the class that folds', () => {
  assert.ok(!foldHtml(safeHtml(`<p class="${foldClass}">Pay now</p><p>x</p>`)).includes(foldClass))
})

test('preformatted mails are folded line by line', () => {
  const html =
    '<pre>Yes\n\nOn Mon, Mar 2, 2026 at 10:11 AM A &lt;a@b.example&gt; wrote:\n&gt; one\n&gt; two\n</pre>'
  assert.equal(shown(html), 'Yes')
})

test('hostile HTML is folded in linear time', () => {
  for (const piece of [
    '<blockquote>',
    '<div class="gmail_quote">',
    '<p>a:</p>',
    '<br>',
    '<pre>\n',
    '<hr>',
    'a ',
    '<b>On </b>',
  ]) {
    const html = safeHtml(`<p>Hello</p>${piece.repeat(Math.floor(200_000 / piece.length))}`)
    const start = performance.now()
    foldHtml(html)
    const took = performance.now() - start
    assert.ok(took < 4000, `${piece} took ${Math.round(took)} ms`)
  }
})
