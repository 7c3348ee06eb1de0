import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { newWords } from '#shared/text/new-words.ts'
import { classify } from './classify.ts'
import type { ReadMail } from './mail.ts'
import { read } from './read.ts'

const folder = new URL('../../../../test/fixtures/mail/', import.meta.url)
const fixture = (name: string): Promise<ReadMail> => read(new Uint8Array(readFileSync(new URL(name, folder))))

for (const [name, subject, sender, words] of [
  ['koi8-r.eml', 'Где мой заказ', 'Анна Петрова', 'Заказ 4711 так и не пришёл'],
  ['windows-1251.eml', 'Где мой заказ', 'Анна Петрова', 'Заказ 4711 так и не пришёл'],
  ['utf-8-called-latin-1.eml', 'Где мой заказ', 'Анна Петрова', 'Заказ 4711 так и не пришёл'],
  ['utf-7.eml', 'Where', '', 'Заказ 4711 так и не пришёл'],
  ['iso-2022-jp.eml', '注文について', '山田花子', '注文番号4711の商品がまだ届いておりません。'],
  ['shift-jis-unlabelled.eml', 'order', '', '注文番号4711の商品がまだ届いておりません。'],
  ['gb18030.eml', '我的订单', '王芳', '我的订单4711还没有收到'],
  ['mongolian.eml', 'Захиалга', 'Болд', 'Миний захиалга 4711 хараахан ирээгүй байна.'],
  ['romanian-latin-2.eml', 'Comanda', 'Stefan', 'Comanda 4711 încă nu a ajuns.'],
  ['smtputf8.eml', 'Адреса не на латинице', 'Анна', 'Привет'],
  ['flowed.eml', 'Flowed', 'Anna', 'This paragraph was wrapped.'],
  ['site-form.eml', 'Вопрос с сайта', 'Shop site', 'Имя Борис\nВопрос Можно ли забрать заказ завтра?'],
  ['nothing-but-words.eml', '', undefined, 'Hello, no header at all.'],
  ['no-blank-line-headers.eml', 'odd', '', 'Body'],
  ['apple-mail-pictures-between.eml', 'Two photos', 'Anna Petrova', 'First:\n\nSecond:'],
] as const)
  test(`${name} is read as it was meant`, async () => {
    const mail = await fixture(name)
    assert.equal(mail.subject, subject)
    assert.equal(mail.from[0]?.name, sender)
    assert.ok(mail.text.includes(words), mail.text)
  })

test('an answer from Gmail keeps its HTML, its thread and its words', async () => {
  const mail = await fixture('gmail-html-reply.eml')
  assert.equal(newWords(mail.text), 'Yes, the blue one please.')
  assert.deepEqual(mail.references, ['first@customer.example', 'c-1.x@shop.example'])
  assert.match(mail.html!, /<b>blue<\/b>/)
})

test('a picture inside Outlook’s HTML and a file with a Russian name', async () => {
  const mail = await fixture('outlook-inline-picture.eml')
  assert.deepEqual(
    mail.attachments.map((one) => [one.name, one.inline]),
    [
      ['image001.png', true],
      ['Счёт № 7.pdf', false],
    ],
  )
})

test('a site form answers to the buyer, whoever sent it', async () => {
  const mail = await fixture('site-form.eml')
  assert.equal(classify(mail).noReply, true)
  assert.deepEqual(
    mail.replyTo.map((one) => [one.name, one.address]),
    [['Борис', 'boris@customer.example']],
  )
})

test('no fixture is called automatic or a bounce unless it is', async () => {
  for (const name of readdirSync(folder)) {
    const found = classify(await fixture(name))
    assert.equal(found.bounce !== null, name.startsWith('bounce-'), name)
    assert.equal(found.automatic, name === 'vacation.eml' ? 'answer' : null, name)
  }
})
