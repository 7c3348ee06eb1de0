// Short ones of the small desk: question, answer, and how it ended. The simulator's new customers ask them, too.
import type { TeamName } from './cast.ts'

export const shortStories: {
  subject: string
  text: string
  answer: string
  team: TeamName
  tongue: 'en' | 'ru'
}[] = [
  {
    tongue: 'en',
    team: 'Support',
    subject: 'Password link does not arrive',
    text: 'I asked for a new password three times, nothing comes. Not in spam either.',
    answer: 'Your mailbox refused it as full. I sent it again just now; it is valid for a day.',
  },
  {
    tongue: 'en',
    team: 'Billing',
    subject: 'Discount code refused',
    text: 'The code SPRING says "not valid", although the newsletter promises it until Sunday.',
    answer: 'It was switched off too early. It works again, and I wrote the difference good for you.',
  },
  {
    tongue: 'en',
    team: 'Delivery',
    subject: 'Can you leave it at the bakery?',
    text: 'I am never home before seven. Could the courier leave the parcel at the bakery next door?',
    answer: 'Yes, the bakery is noted for this and future orders.',
  },
  {
    tongue: 'en',
    team: 'Support',
    subject: 'Which bulb fits the Oslo lamp?',
    text: 'Mine says E14, the page says E27. Which one is right?',
    answer: 'E14 until last year, E27 since. Yours takes E14; the page says so now too.',
  },
  {
    tongue: 'en',
    team: 'Billing',
    subject: 'Invoice for order A-47910',
    text: 'My tax adviser needs an invoice with the company’s name on it: Hofmann & Söhne KG.',
    answer: 'Here it is, made out to Hofmann & Söhne KG.',
  },
  {
    tongue: 'en',
    team: 'Support',
    subject: 'Return of two chairs',
    text: 'Too high for our table. How do I send them back, and when do I get the refund?',
    answer: 'The label is in your account. The refund goes out the day they arrive.',
  },
  {
    tongue: 'en',
    team: 'Support',
    subject: 'Instruction sheet missing',
    text: 'There was no instruction sheet in the box and I am left with four screws.',
    answer: 'The sheet is on its way by mail. The four screws are spare ones.',
  },
  {
    tongue: 'ru',
    team: 'Support',
    subject: 'Не приходит код подтверждения',
    text: 'Пытаюсь войти, код не приходит уже полчаса. Номер тот же, что и раньше.',
    answer: 'Оператор задерживал сообщения. Сейчас всё доходит, попробуйте ещё раз.',
  },
  {
    tongue: 'ru',
    team: 'Delivery',
    subject: 'Можно перенести доставку на субботу?',
    text: 'В будни нас не бывает дома. Получится привезти в субботу утром?',
    answer: 'Получится: суббота, с 9 до 12. Курьер позвонит заранее.',
  },
  {
    tongue: 'ru',
    team: 'Billing',
    subject: 'Закрывающие документы за квартал',
    text: 'Пришлите, пожалуйста, акты за прошлый квартал одним архивом.',
    answer: 'Отправила архив, внутри девять актов. Если чего-то не хватает, напишите.',
  },
  {
    tongue: 'ru',
    team: 'Support',
    subject: 'Лампа гудит',
    text: 'Настольная лампа тихо гудит на минимальной яркости. Так и должно быть?',
    answer: 'Не должно. Заменим диммер бесплатно, письмо с наклейкой для отправки уже у вас.',
  },
  {
    tongue: 'ru',
    team: 'Support',
    subject: 'Гарантия при переезде в другую страну',
    text: 'Мы переезжаем в Казахстан. Гарантия на светильники сохранится?',
    answer: 'Да, гарантия действует. Сохраните чек, остальное мы найдём по номеру заказа.',
  },
  {
    tongue: 'en',
    team: 'Delivery',
    subject: 'Parcel shop was closed',
    text: 'The parcel shop shut at six, I came at five past. How long does the parcel wait there?',
    answer: 'Seven days, and I have asked for three more. Bring a passport or a driving licence.',
  },
  {
    tongue: 'en',
    team: 'Support',
    subject: 'Can the lamp hang outside?',
    text: 'We have a roofed terrace. Is the Bergen lamp all right there in winter?',
    answer:
      'Under a roof, yes: it is made for damp air, not for rain. Below minus ten it starts a little dimmer.',
  },
  {
    tongue: 'en',
    team: 'Billing',
    subject: 'Pay in three parts',
    text: 'Can I pay the dining room set in three parts? Your page shows it for sofas only.',
    answer: 'Yes, for everything above 300. I have sent you the link, the first part is due with delivery.',
  },
  {
    tongue: 'en',
    team: 'Support',
    subject: 'Remote control stopped',
    text: 'New batteries, still nothing. The light on the remote blinks twice.',
    answer:
      'Twice means it has lost the lamp. Hold On for ten seconds next to it and they find each other again.',
  },
  {
    tongue: 'en',
    team: 'Delivery',
    subject: 'One box of two arrived',
    text: 'Tracking says delivered, but only the box with the feet came. The top is missing.',
    answer:
      'The second box went to the wrong depot; it comes tomorrow before noon, the driver has your number.',
  },
  {
    tongue: 'en',
    team: 'Support',
    subject: 'Children’s room, night light',
    text: 'Is there something that turns itself off after they fall asleep?',
    answer: 'The Luna lamp does: 20, 40 or 60 minutes, set on its underside.',
  },
  {
    tongue: 'en',
    team: 'Billing',
    subject: 'Wrong name on the invoice',
    text: 'It says Mr. and I am a Ms. Not a drama, but my accountant frowns.',
    answer: 'Corrected, with apologies to your accountant. The new one is in your account.',
  },
  {
    tongue: 'en',
    team: 'Support',
    subject: 'Brass spots',
    text: 'After three weeks the brass has dark spots where we touch it. Is that normal?',
    answer: 'It is: the brass is not lacquered. A drop of lemon juice and a soft cloth, and it shines again.',
  },
  {
    tongue: 'en',
    team: 'Delivery',
    subject: 'Delivery to an island',
    text: 'Do you deliver to Hiddensee? There are no cars there.',
    answer: 'We do, by ferry and handcart, two days longer and at the same price.',
  },
  {
    tongue: 'en',
    team: 'Support',
    subject: 'Is the cable long enough?',
    text: 'The socket is 2.3 metres away from where the lamp shall stand.',
    answer:
      'The cable has 2.5 metres, so it just reaches. We have an extension in the same cloth, if you like it safer.',
  },
  {
    tongue: 'ru',
    team: 'Delivery',
    subject: 'Забыли указать подъезд',
    text: 'Заказ А-48377: не указала подъезд, он третий, код 38К. Успеете передать курьеру?',
    answer: 'Успели: у курьера уже записано. Он позвонит за полчаса.',
  },
  {
    tongue: 'ru',
    team: 'Support',
    subject: 'Какая лампочка подойдёт',
    text: 'В инструкции E14, в карточке товара E27. Что покупать?',
    answer: 'E14. Карточку товара уже поправили, спасибо, что заметили.',
  },
  {
    tongue: 'ru',
    team: 'Billing',
    subject: 'Чек не пришёл',
    text: 'Оплатила вчера картой, деньги списались, а чека нет.',
    answer: 'Чек ушёл на старый адрес. Отправила его на этот, проверьте, пожалуйста.',
  },
  {
    tongue: 'ru',
    team: 'Support',
    subject: 'Сломалось крепление',
    text: 'При сборке лопнуло пластиковое крепление абажура. Можно купить отдельно?',
    answer: 'Покупать не нужно: вышлем два бесплатно, одно про запас.',
  },
  {
    tongue: 'ru',
    team: 'Delivery',
    subject: 'Нужен подъём на этаж',
    text: 'Лифта нет, пятый этаж. Сколько стоит подъём торшера?',
    answer: 'Торшер весит четыре килограмма, поэтому поднимем бесплатно.',
  },
  {
    tongue: 'ru',
    team: 'Billing',
    subject: 'Скидка на день рождения',
    text: 'Обещали скидку, а код не принимается.',
    answer: 'Код действует за три дня до даты и три после. Включила его вам прямо сейчас.',
  },
  {
    tongue: 'ru',
    team: 'Support',
    subject: 'Как мыть абажур',
    text: 'Абажур льняной, на нём пятно от кофе. Его можно стирать?',
    answer: 'Лучше не стирать: мягкая губка, прохладная вода и капля мыла для рук, сушить вдали от батареи.',
  },
  {
    tongue: 'ru',
    team: 'Support',
    subject: 'Мигает при выключении',
    text: 'Выключаю свет, а светильник изредка вспыхивает. Это опасно?',
    answer:
      'Не опасно: так бывает с выключателями с подсветкой. Поможет маленький резистор, мы его уже отправили.',
  },
]
