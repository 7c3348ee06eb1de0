// What a customer of the demo answers: thanks, a question, a file, an out-of-office, a mail that came back.
import type { Answer } from '#flows/answer-as-customer.ts'
import { attachments } from './files.ts'

const automatic = { 'Auto-Submitted': 'auto-replied' }

const words = {
  en: {
    said: [
      'Thank you, that helped.',
      'Thanks for the quick answer. When exactly can I expect it?',
      'I tried it and it still does not work. What else can I do?',
      'Perfect, that is all I needed. Have a good day.',
      'One more question: does this also hold for my second order?',
      'Could you send me the invoice for it as well, please?',
    ],
    photo: 'Here is a picture, so that you see what I mean.',
    away: 'I am out of the office until Monday and read my mail then.',
  },
  ru: {
    said: [
      'Спасибо, помогло.',
      'Спасибо за быстрый ответ. А когда точно ждать?',
      'Попробовал, но всё ещё не работает. Что ещё можно сделать?',
      'Отлично, это всё, что было нужно. Хорошего дня.',
      'Ещё один вопрос: это касается и моего второго заказа?',
      'А можно ещё счёт на эту сумму?',
    ],
    photo: 'Прикладываю фото, чтобы было видно, о чём речь.',
    away: 'Я в отпуске до понедельника и прочту почту после возвращения.',
  },
}

/** All that may be answered, the likelier ones several times. */
export function answersOf(language: 'en' | 'ru', recipient: string): Answer[] {
  const { said, photo: withPhoto, away } = words[language]
  return [
    ...said,
    ...said,
    { text: withPhoto, attachments: attachments.photo },
    { text: away, headers: automatic },
    bounce(recipient),
  ].map((one) => (typeof one === 'string' ? { text: one } : one))
}

/** The recipient's server, which could not deliver after all (RFC 3464, told in words). */
const bounce = (recipient: string): Answer => ({
  text: `This is the mail system. Your message could not be delivered to <${recipient}>:\n\n552 5.2.2 The mailbox is full`,
  headers: { 'Auto-Submitted': 'auto-replied', 'X-Failed-Recipients': recipient },
})
