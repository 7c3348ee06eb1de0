// Words for large desks: a core that help desks really use, then made-up ones, each in its forms, so that stems have
// something to do and frequencies fall as they do in natural text.
import { type Chance, zipf } from './random.ts'

const core = {
  en: `the to and order I is my you have for it not please thank we was with when received this can delivery account
    your still payment be help number but from page password are address card refund return customer service email
    invoice would bank after phone know see button open account again problem error first message weeks days wrong
    shop size colour product broken box sent paid subscription cancel change update print label courier warehouse
    parcel tracking website login screen photo attached charge price discount coupon voucher gift shipping express
    replace repair warranty receipt name city street country company manual battery charger cable lamp chair table
    shoes jacket shirt camera laptop printer paper contract plan monthly yearly trial upgrade feature report export
    import file upload download browser window settings notification calendar meeting invite team member admin role
    permission link code confirm verify expired missing damaged late early tomorrow yesterday morning urgent question
    answer reply wait minute hour week month year promise check quick slow install version crash freeze sound video
    picture language translate correct mistake double twice total balance credit debit transfer tax customs duty form
    sign document copy original stamp ticket train flight hotel room booking date guest night breakfast key door`,
  ru: `и в не на я что заказ мы с вы это как по для но у мне от за здравствуйте пожалуйста спасибо когда оплата доставка
    деньги номер письмо адрес карта возврат товар счёт пароль кабинет сайт страница ошибка посылка курьер склад магазин
    ответ вопрос день неделя месяц год время помощь проблема телефон почта договор документ подпись фото файл отчёт
    кнопка экран браузер приложение версия обновление подписка тариф скидка купон подарок цена сумма банк перевод чек
    гарантия ремонт замена размер цвет коробка батарея кабель лампа стул стол куртка рубашка обувь камера ноутбук
    принтер бумага инструкция функция настройка уведомление календарь встреча команда сотрудник доступ ссылка код
    поездка билет поезд гостиница номер бронь дата гость завтрак ключ дверь город улица страна компания клиент
    менеджер оператор звонок сообщение минута час утро вечер завтра вчера срочно быстро медленно фича новая старая
    хорошая плохая большая маленькая красная синяя белая чёрная полная пустая верная лишняя последняя первая вторая`,
}
const syllables = {
  en: [
    'ba',
    'cor',
    'den',
    'fel',
    'gra',
    'hol',
    'jin',
    'ka',
    'lum',
    'mar',
    'nor',
    'pel',
    'quo',
    'ri',
    'sten',
    'tor',
    'ul',
    'ven',
    'wick',
    'zor',
    'bri',
    'clo',
    'dra',
    'fen',
    'gil',
    'har',
    'lo',
    'mi',
    'pra',
    'sol',
  ],
  ru: [
    'ба',
    'вор',
    'гра',
    'дел',
    'жи',
    'зан',
    'кор',
    'лун',
    'мар',
    'нов',
    'пол',
    'рен',
    'сту',
    'тов',
    'ур',
    'фен',
    'хол',
    'цер',
    'чар',
    'шин',
    'бри',
    'вел',
    'гло',
    'дра',
    'зим',
    'кле',
    'лом',
    'мир',
    'пра',
    'сол',
  ],
}
const endings = {
  en: ['', '', '', 's', 'ed', 'ing'],
  ru: ['', 'а', 'ы', 'у', 'ом', 'е', 'ов', 'ами'],
}
export type Tongue = keyof typeof core
const lemmas = 30_000

function formsOf(word: string, tongue: Tongue): string[] {
  if (word.length < 4) return [word]
  if (tongue === 'en') {
    const stem = word.endsWith('e') ? word.slice(0, -1) : word
    return [word, word, word, `${word}s`, `${stem}ed`, `${stem}ing`]
  }
  if (/ая$/.test(word)) return ['ая', 'ую', 'ой', 'ые', 'ых'].map((ending) => word.slice(0, -2) + ending)
  if (/а$/.test(word)) return ['а', 'ы', 'у', 'е', 'ой'].map((ending) => word.slice(0, -1) + ending)
  if (/[бвгдзклмнпрстфхцчшщж]$/.test(word)) return endings.ru.slice(0, 6).map((ending) => word + ending)
  return [word]
}

export interface Speech {
  /** about so many words, as sentences */
  sentences(words: number): string
  /** a few words, as a subject */
  subject(): string
}

export function speech(tongue: Tongue, chance: Chance): Speech {
  const known = new Set(core[tongue].split(/\s+/))
  for (let tries = 0; known.size < lemmas && tries < lemmas * 20; tries += 1)
    known.add(Array.from({ length: chance.whole(2, 4) }, () => chance.pick(syllables[tongue])).join(''))
  const forms = [...known].map((word) => formsOf(word, tongue))
  const rank = zipf(forms.length, chance)
  const word = () => chance.pick(forms[rank()]!)
  const sentence = (length: number) => {
    let text = word()
    text = text[0]!.toUpperCase() + text.slice(1)
    for (let i = 1; i < length; i += 1) text += (i === 6 ? ', ' : ' ') + word()
    return text + (chance.happens(0.2) ? '?' : '.')
  }
  return {
    sentences(words) {
      let text = ''
      for (let left = words; left > 0; ) {
        const length = Math.min(left, chance.whole(5, 13))
        text += (text === '' ? '' : chance.happens(0.2) ? '\n\n' : ' ') + sentence(length)
        left -= length
      }
      return text
    },
    subject: () => sentence(chance.whole(2, 6)).slice(0, -1),
  }
}
