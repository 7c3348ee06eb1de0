import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold, foldedEnd } from './fold.ts'
import { newWords, preview } from './new-words.ts'

const answer = 'Да, подходит.\n\nAnna'
const quoted = '> Where is the parcel?\n>\n> Regards'
const plain = 'Where is the parcel?\n\nRegards'

/** What stands between the answer and the history, by program and language; with quoted lines. */
const introductions: [program: string, lines: string][] = [
  ['Gmail en', 'On Mon, Mar 2, 2026 at 10:11 AM Shop Support <help@shop.example> wrote:'],
  [
    'Gmail en, wrapped',
    'On Mon, Mar 2, 2026 at 10:11 AM Shop Support With A Long Name <\nhelp@shop.example> wrote:',
  ],
  ['Gmail ru', 'пн, 2 мар. 2026 г. в 10:11, Shop Support <help@shop.example>:'],
  ['Gmail de', 'Am Mo., 2. März 2026 um 10:11 Uhr schrieb Shop Support <help@shop.example>:'],
  ['Gmail fr', 'Le lun. 2 mars 2026 à 10:11, Shop Support <help@shop.example> a écrit :'],
  ['Gmail es', 'El lun, 2 mar 2026 a las 10:11, Shop Support (<help@shop.example>) escribió:'],
  ['Gmail ro', 'În lun., 2 mar. 2026 la 10:11, Shop Support <help@shop.example> a scris:'],
  ['Gmail it', 'Il giorno lun 2 mar 2026 alle ore 10:11 Shop Support <help@shop.example> ha scritto:'],
  ['Gmail ja', '2026年3月2日(月) 10:11 Shop Support <help@shop.example>:'],
  ['Gmail mn', '2026 оны 3-р сарын 2, Да 10:11 цагт Shop Support <help@shop.example> бичсэн нь:'],
  ['Gmail zh', 'Shop Support <help@shop.example> 于2026年3月2日周一 10:11写道：'],
  ['Gmail ko', '2026년 3월 2일 (월) 오전 10:11, Shop Support <help@shop.example>님이 작성:'],
  ['Gmail pl', 'pon., 2 mar 2026 o 10:11 Shop Support <help@shop.example> napisał(a):'],
  ['Gmail nl', 'Op ma 2 mrt 2026 om 10:11 schreef Shop Support <help@shop.example>:'],
  ['Apple Mail en', 'On 2 Mar 2026, at 10:11, Shop Support <help@shop.example> wrote:'],
  ['Apple Mail ru', '2 марта 2026 г., в 10:11, Shop Support <help@shop.example> написал(а):'],
  ['Apple Mail de', 'Am 02.03.2026 um 10:11 schrieb Shop Support <help@shop.example>:'],
  ['Apple Mail ja', '2026/03/02 10:11、Shop Support <help@shop.example>のメール:'],
  ['Yandex', '02.03.2026, 10:11, "Shop Support" <help@shop.example>:'],
  ['Mail.ru', 'Понедельник, 2 марта 2026, 10:11 +03:00 от Shop Support <help@shop.example>:'],
  ['The Bat', 'Вы писали 2 марта 2026 г., 10:11:12:'],
  ['Thunderbird en', 'On 3/2/26 10:11, Shop Support wrote:'],
  ['Thunderbird ru', '02.03.2026 10:11, Shop Support пишет:'],
  ['Thunderbird de', 'Am 02.03.26 um 10:11 schrieb Shop Support:'],
  ['Thunderbird fr', 'Le 02/03/2026 à 10:11, Shop Support a écrit :'],
  ['Gmail uk', 'пн, 2 бер. 2026 р. о 10:11 Shop Support <help@shop.example> пише:'],
  ['Gmail pt', 'Em seg., 2 de mar. de 2026 às 10:11, Shop Support <help@shop.example> escreveu:'],
  ['Gmail pt-PT', 'Shop Support <help@shop.example> escreveu (segunda, 2/03/2026 à(s) 10:11):'],
  ['Gmail zh-TW', 'Shop Support <help@shop.example> 於 2026年3月2日週一 上午10:11寫道：'],
  ['Apple Mail fr', 'Le 2 mars 2026 à 10:11, Shop Support <help@shop.example> a écrit :'],
  ['Apple Mail es', 'El 2 mar 2026, a las 10:11, Shop Support <help@shop.example> escribió:'],
  ['Apple Mail it', 'Il giorno 2 mar 2026, alle ore 10:11, Shop Support <help@shop.example> ha scritto:'],
  ['Apple Mail pt', 'Em 2 de mar. de 2026, à(s) 10:11, Shop Support <help@shop.example> escreveu:'],
  [
    'Apple Mail nl',
    'Op 2 mrt 2026, om 10:11 heeft Shop Support <help@shop.example> het volgende geschreven:',
  ],
  [
    'Apple Mail pl',
    'Wiadomość napisana przez Shop Support <help@shop.example> w dniu 2 mar 2026, o godz. 10:11:',
  ],
  ['Apple Mail uk', '2 бер. 2026 р. о 10:11 Shop Support <help@shop.example> написав(ла):'],
  ['Apple Mail zh', '在 2026年3月2日，10:11，Shop Support <help@shop.example> 写道：'],
  ['Apple Mail ko', '2026. 3. 2. 오전 10:11, Shop Support <help@shop.example> 작성:'],
  ['Apple Mail ro', 'Pe 2 mar. 2026, la 10:11, Shop Support <help@shop.example> a scris:'],
  ['Thunderbird es', 'El 2/3/26 a las 10:11, Shop Support escribió:'],
  ['Thunderbird it', 'Il 02/03/26 10:11, Shop Support ha scritto:'],
  ['Thunderbird pt', 'Em 02/03/2026 10:11, Shop Support escreveu:'],
  ['Thunderbird nl', 'Op 02-03-2026 om 10:11 schreef Shop Support:'],
  ['Thunderbird pl', 'W dniu 02.03.2026 o 10:11, Shop Support pisze:'],
  ['Thunderbird uk', '02.03.2026 10:11, Shop Support пише:'],
  ['Thunderbird ro', 'La 02.03.2026 10:11, Shop Support a scris:'],
  ['Thunderbird ja', '2026/03/02 10:11、Shop Support さんは書きました:'],
  ['Thunderbird zh', '在 2026/3/2 10:11, Shop Support 写道:'],
  ['Thunderbird ko', '2026-03-02 오전 10:11에 Shop Support 이(가) 쓴 글:'],
  ['Mail.ru uk', 'Понеділок, 2 березня 2026, 10:11 +03:00 від Shop Support <help@shop.example>:'],
  ['Yandex, day named', '02.03.2026, 10:11, Shop Support <help@shop.example>:'],
  ['Android', '2 марта 2026 г. 10:11:12 пользователь Shop Support <help@shop.example> написал:'],
]
const blocks: [program: string, lines: string][] = [
  [
    'Outlook en',
    'From: Shop Support <help@shop.example>\nSent: Monday, March 2, 2026 10:11 AM\nTo: Anna <anna@example.com>\nSubject: Your order',
  ],
  [
    'Outlook ru',
    'От: Shop Support <help@shop.example>\nОтправлено: 2 марта 2026 г. 10:11\nКому: Anna\nТема: Ваш заказ',
  ],
  [
    'Outlook de',
    'Von: Shop Support <help@shop.example>\nGesendet: Montag, 2. März 2026 10:11\nAn: Anna\nBetreff: Bestellung',
  ],
  [
    'Outlook fr',
    'De : Shop Support <help@shop.example>\nEnvoyé : lundi 2 mars 2026 10:11\nÀ : Anna\nObjet : Commande',
  ],
  [
    'Outlook es',
    'De: Shop Support <help@shop.example>\nEnviado: lunes, 2 de marzo de 2026 10:11\nPara: Anna\nAsunto: Pedido',
  ],
  [
    'Outlook ro',
    'De la: Shop Support <help@shop.example>\nTrimis: luni, 2 martie 2026 10:11\nCătre: Anna\nSubiect: Comanda',
  ],
  [
    'Outlook ja',
    '差出人: Shop Support <help@shop.example>\n送信日時: 2026年3月2日 10:11\n宛先: Anna\n件名: 注文',
  ],
  [
    'Outlook mn',
    'Хэнээс: Shop Support <help@shop.example>\nИлгээсэн: 2026 оны 3-р сарын 2\nХэнд: Anna\nСэдэв: Захиалга',
  ],
  [
    'Outlook it',
    'Da: Shop Support <help@shop.example>\nInviato: lunedì 2 marzo 2026 10:11\nA: Anna\nOggetto: Ordine',
  ],
  [
    'Outlook pt',
    'De: Shop Support <help@shop.example>\nEnviada em: segunda-feira, 2 de março de 2026 10:11\nPara: Anna\nAssunto: Pedido',
  ],
  [
    'Outlook nl',
    'Van: Shop Support <help@shop.example>\nVerzonden: maandag 2 maart 2026 10:11\nAan: Anna\nOnderwerp: Bestelling',
  ],
  [
    'Outlook pl',
    'Od: Shop Support <help@shop.example>\nWysłano: poniedziałek, 2 marca 2026 10:11\nDo: Anna\nTemat: Zamówienie',
  ],
  [
    'Outlook uk',
    'Від: Shop Support <help@shop.example>\nНадіслано: понеділок, 2 березня 2026 р. 10:11\nКому: Anna\nТема: Замовлення',
  ],
  [
    'Outlook zh',
    '发件人: Shop Support <help@shop.example>\n发送时间: 2026年3月2日 10:11\n收件人: Anna\n主题: 订单',
  ],
  [
    'Outlook zh-TW',
    '寄件者: Shop Support <help@shop.example>\n寄件日期: 2026年3月2日 10:11\n收件者: Anna\n主旨: 訂單',
  ],
  [
    'Outlook ko',
    '보낸 사람: Shop Support <help@shop.example>\n보낸 날짜: 2026년 3월 2일 월요일 오전 10:11\n받는 사람: Anna\n제목: 주문',
  ],
  [
    'Outlook on the web',
    '________________________________\nFrom: Shop Support <help@shop.example>\nSent: Monday, March 2, 2026 10:11 AM\nTo: Anna\nSubject: Your order',
  ],
  [
    'Outlook for Mac, bold',
    '*From: *Shop Support <help@shop.example>\n*Date: *Monday, 2 March 2026 at 10:11\n*To: *Anna\n*Subject: *Your order',
  ],
  [
    'old Outlook',
    '-----Original Message-----\nFrom: Shop Support [mailto:help@shop.example]\nSent: Monday, March 2, 2026 10:11 AM\nTo: Anna\nSubject: Your order',
  ],
  [
    'Samsung',
    '-------- Исходное сообщение --------\nОт: Shop Support <help@shop.example>\nДата: 02.03.2026 10:11 (GMT+03:00)\nКому: Anna\nТема: Ваш заказ',
  ],
  [
    'Outlook German mark',
    '-----Ursprüngliche Nachricht-----\nVon: Shop\nGesendet: Montag\nAn: Anna\nBetreff: x',
  ],
]

for (const [program, lines] of introductions) {
  test(`the history of ${program} is folded, quoted lines`, () => {
    assert.equal(newWords(`${answer}\n\n${lines}\n\n${quoted}`), answer)
  })
}
for (const [program, lines] of [...introductions.filter(([name]) => name !== 'The Bat'), ...blocks]) {
  test(`the history of ${program} is folded, unquoted lines`, () => {
    assert.equal(newWords(`${answer}\n\n${lines}\n\n${plain}`), answer)
  })
}

test('answers between the quoted lines stay visible, and so do the questions', () => {
  const text =
    'On Mon, Mar 2, 2026 at 10:11 AM A <a@b.example> wrote:\n> One?\n\nYes.\n\n> Two?\n\nNo.\n\n> Regards\n> A'
  const words = newWords(text)
  for (const part of ['Yes.', 'No.', '> One?', '> Two?']) assert.ok(words.includes(part), part)
  assert.ok(!words.includes('> Regards'))
})

test('an answer below the quote stays, the quote is folded', () => {
  const text = `On Mon, Mar 2, 2026 at 10:11 AM A <a@b.example> wrote:\n${quoted}\n\nIt came.`
  assert.equal(newWords(text), 'It came.')
})

test('who says that the answers are below, in red, has them shown', () => {
  for (const hint of [
    'See my answers below in red',
    'Ответы ниже',
    'Siehe unten',
    'Voir ci-dessous',
    '下記に回答します',
  ])
    assert.deepEqual(fold(`${hint}\n\n${blocks[0]![1]}\n\n${plain}`), [], hint)
})

test('a frame without an answer has the history shown: the answers are in there', () => {
  for (const frame of [
    'Hi Olga,\n\nKind regards,\nAnna',
    'Здравствуйте, Ольга!\n\nС уважением,\nАнна',
    'Regards\nAnna',
  ])
    assert.deepEqual(fold(`${frame}\n\n${blocks[0]![1]}\n\n${plain}`), [], frame)
  assert.equal(newWords(`Hi\n\n${blocks[0]![1]}\n\n${plain}`), 'Hi')
})

test('a forwarded mail is shown whole', () => {
  const forwards = [
    `FYI\n\n---------- Forwarded message ---------\n${blocks[0]![1]}\n\n${plain}`,
    'Look\n\nBegin forwarded message:\n\n> From: Shop <help@shop.example>\n> Subject: Your order\n> Date: 2 March 2026\n>\n> Where is it?',
    `Смотрите\n\n-------- Пересылаемое сообщение --------\n02.03.2026, 10:11, "A" <a@b.example>:\n\n${plain}`,
  ]
  for (const text of forwards) assert.deepEqual(fold(text), [])
  assert.deepEqual(fold(`FYI\n\n${blocks[0]![1]}\n\n${plain}`, { subject: 'FW: Your order' }), [])
})

test('what Apple Mail forwards stands in quotes and is shown; a forward inside the history is not', () => {
  const forwarded = '> Begin forwarded message:\n>\n> From: Anna <a@example.com>\n>\n> Where is it?'
  assert.deepEqual(fold(`Please look.\n\n${forwarded}`), [])
  const reply = `Done.\n\nOn 2 Mar 2026, at 10:11, Shop <help@shop.example> wrote:\n> Please look.\n>\n${forwarded}`
  assert.equal(newWords(reply), 'Done.')
})

test('words below the line of a phone are the sender’s, an address wrapped before its end is history', () => {
  const text = 'Yes.\n\nSent from my iPhone\n\nPS: please hurry'
  assert.equal(newWords(text), text)
  assert.equal(
    newWords(`Yes.\n\nman. 2. mars 2026 kl. 10:11 skrev Shop <help@shop.example\n>:\n\n${quoted}`),
    'Yes.',
  )
})

test('a text that is nothing but history is shown', () => {
  for (const text of [
    quoted,
    `${introductions[0]![1]}\n${quoted}`,
    `${blocks[0]![1]}\n\n${plain}`,
    '…\n-- \nAnna',
    '',
  ])
    assert.deepEqual(fold(text), [])
})

test('signatures and the lines of phones are folded', () => {
  for (const [text, want] of [
    ['Hello\n-- \nAnna\n+7 900 000', 'Hello'],
    ['Hello\n\nSent from my iPhone', 'Hello'],
    ['Здравствуйте\n\nОтправлено с iPhone', 'Здравствуйте'],
    ['Здравствуйте\n--\nОтправлено из мобильной Яндекс Почты', 'Здравствуйте'],
    ['Здравствуйте\n\nОтправлено из Mail', 'Здравствуйте'],
    ['Hallo\n\nVon meinem iPhone gesendet', 'Hallo'],
    ['こんにちは\n\niPhoneから送信', 'こんにちは'],
    ['Bună\n\nTrimis de pe iPhone-ul meu', 'Bună'],
    ['Hola\n\nEnviado desde mi iPhone', 'Hola'],
    ['Bonjour\n\nEnvoyé de mon iPhone', 'Bonjour'],
    ['Hi\n\nGet Outlook for iOS<https://aka.ms/x>', 'Hi'],
    ['Yes\n-- \nAnna\n\nOn Mon, Mar 2, 2026 at 10:11 AM A <a@b.example> wrote:\n> x', 'Yes'],
  ] as const)
    assert.equal(newWords(text), want)
})

test('ordinary words are never folded', () => {
  for (const text of [
    'The mail was sent from my iPhone app to all users.\nIt is broken.',
    'On Monday we wrote:\nthe order is late.\nPlease help.',
    'Here is what Anna wrote: no.\n\nWhat now?',
    'From: our warehouse\nTo: your shop\n\nThe list is wrong.',
    '1. Point -- one\n-- two\n-- three\nAnd more',
    'Options:\n> 10 pieces\nor\n> 20 pieces?',
    'Дата: 2 марта\nТема: доставка\n\nКогда придёт?',
    'Стоимость:\n-----\n100 рублей',
  ])
    assert.deepEqual(fold(text), [], text)
})

test('folds are offsets into the text as it is', () => {
  const text = 'Hi\n\nOn Mon, Mar 2, 2026 at 10:11 AM A <a@b.example> wrote:\n> x\n'
  const [only, ...others] = fold(text)
  assert.deepEqual(others, [])
  assert.equal(only!.kind, 'quote')
  assert.ok(text.slice(only!.from, only!.to).startsWith('On Mon'))
  assert.ok(text.slice(only!.from, only!.to).endsWith('> x'))
})

test('a preview is one line, without history, cut at a word', () => {
  assert.equal(
    preview(`Hello,\n\n  where is it?\n\n${introductions[0]![1]}\n${quoted}`),
    'Hello, where is it?',
  )
  const long = preview('word '.repeat(100))
  assert.ok(long.length <= 200 && long.endsWith('word…'))
  assert.equal(preview('See <https://shop.example/very/long> please\n-----------\nok'), 'See please ok')
  assert.equal(preview('a'.repeat(300)).length, 200)
})

test('hostile texts of a megabyte are folded in linear time', () => {
  const size = 1_000_000
  for (const piece of [
    '>',
    '> \n',
    '>\na\n',
    '-',
    '_',
    'On ',
    'On 1:1 a@b ',
    'From: a\n',
    'From: ',
    '*',
    ' ',
    '\n',
    '\t\n',
    ':\n',
    'wrote:\n',
    'On 2 Mar 2026, at 10:11, A <a@b.c> wrote:\n',
    '> a\nOn 2 Mar 2026, at 10:11, A <a@b.c> wrote:\n> b\n',
    '-- \n',
    '&gt;',
    'Sent from my \n',
    '-----Original Message-----\n',
    'a@',
    '<a@b>:\n',
    '１：',
  ]) {
    const text = `${piece.repeat(Math.ceil(size / piece.length))}a`
    const start = performance.now()
    newWords(`Hello\n${text}`)
    preview(text)
    const took = performance.now() - start
    assert.ok(took < 8000, `${JSON.stringify(piece)} took ${Math.round(took)} ms`)
  }
})

test('signature and history at the end are one stretch', () => {
  const text = 'Yes\n-- \nAnna\n\nOn Mon, Mar 2, 2026 at 10:11 AM A <a@b.example> wrote:\n> x'
  const end = foldedEnd(text)!
  assert.equal(text.slice(0, end.from), 'Yes\n')
  assert.equal(end.to, text.length)
  assert.equal(foldedEnd('Yes'), null)
})
