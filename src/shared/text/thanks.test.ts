import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isThanks } from './thanks.ts'

const thanks = [
  'Thank you!',
  'Thanks a lot, Anna.',
  'Thank you so much for your help! 😊',
  'Great, thanks!\n\nBest regards,\nJohn Smith\nACME Inc.',
  'thx',
  'Hi Anna,\n\nthank you very much, it works now.\n\nKind regards\nJohn',
  'Many thanks.\n\nSent from my iPhone',
  'Thanks!\n\nOn Mon, Mar 2, 2026 at 10:11 AM A <a@b.example> wrote:\n> Is it ok?\n> 42',
  'Спасибо!',
  'Спасибо большое, всё получилось!',
  'Большое спасибо за помощь.\n\nС уважением,\nИван Петров\n+7 900 000-00-00',
  'Здравствуйте, Анна! Благодарю вас.',
  'спс',
  'Понятно, спасибо',
  'Mulțumesc mult!',
  'Multumesc pentru ajutor.\nO zi bună',
  'Mersi!',
  'Bună ziua,\nVă mulțumesc!',
  'ありがとうございました',
  'お世話になっております。\nご回答ありがとうございました。',
  '早速のご対応、誠にありがとうございます。助かりました。',
  'Баярлалаа',
  'Маш их баярлалаа!',
  'Танд баярлалаа.',
  'Vielen Dank!',
  'Hallo Frau Müller,\nvielen Dank für die schnelle Antwort.\nViele Grüße\nHans',
  'Danke, hat geklappt',
  'Herzlichen Dank und schönes Wochenende!',
  'Merci beaucoup !',
  'Bonjour,\nmerci pour votre aide.\nCordialement,\nPierre',
  "Merci d'avance".replace("d'avance", 'encore'),
  'Parfait, merci',
  '¡Muchas gracias!',
  'Hola Ana, mil gracias por su ayuda. Saludos',
  'Gracias, perfecto.',
]
const others = [
  'Thank you, but it still does not work.',
  'Thanks. When will it arrive?',
  'Thanks, the number is 12345',
  'Thanks in advance for refunding my order.',
  'Please refund me. Thanks',
  'No thanks',
  'Thanks for nothing',
  'Thank you for the answer. I will send the photos tomorrow.',
  'ok',
  'Great',
  'Hello',
  '',
  'Regards',
  'Thanks for the refund that never came',
  'Thanks, broken again',
  'Спасибо, но не помогло',
  'Спасибо. А когда доставка?',
  'Спасибо, жду звонка',
  'Не работает, спасибо',
  'Спасибо за испорченный вечер',
  'Хорошо',
  'Нет, спасибо',
  'Mulțumesc, dar nu merge',
  'Mulțumesc, aștept coletul',
  'ありがとうございます。いつ届きますか',
  'ありがとうございます。でもまだ動きません',
  '了解しました',
  'Баярлалаа, гэхдээ ажиллахгүй байна',
  'Баярлалаа. Хэзээ ирэх вэ?',
  'Danke, aber es geht nicht',
  'Danke, ich warte noch auf die Rechnung',
  'Nein danke',
  'Merci, mais non',
  'Merci de me rembourser',
  'Non merci',
  'Gracias, pero no funciona',
  'Gracias por cancelar mi pedido',
  'Thanks\nBest regards\nJohn\nPS: where is my refund?',
  'Thanks\nBest regards\nJohn\nP.S. it broke again',
  'Thanks https://spam.example',
  'Thanks Thanks Thanks '.repeat(20),
]

for (const text of thanks)
  test(`only thanks: ${JSON.stringify(text).slice(0, 60)}`, () => assert.equal(isThanks(text), true))
for (const text of others)
  test(`more than thanks: ${JSON.stringify(text).slice(0, 60)}`, () => assert.equal(isThanks(text), false))

test('hostile texts are judged in linear time', () => {
  for (const piece of ['thanks ', 'thank', 'の', 'ありがとう', ' ', 'a\n', 'спасибо за ', '>\n']) {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
    const start = performance.now()
    isThanks(text)
    assert.ok(performance.now() - start < 5000, JSON.stringify(piece))
  }
})
