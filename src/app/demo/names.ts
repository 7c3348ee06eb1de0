import type { Chance } from './random.ts'
import type { Tongue } from './vocabulary.ts'

const given = {
  en: [
    'Emma',
    'Liam',
    'Olivia',
    'Noah',
    'Ava',
    'Mateo',
    'Chloé',
    'Jürgen',
    'Søren',
    'Zoë',
    'Priya',
    'Kwame',
    'Fatima',
    'Andrei',
    'Ioana',
    'Yuki',
    'Haruto',
    'Siobhán',
    'Dmitri',
    'Amara',
    'Tomás',
    'Ngozi',
    'Wei',
    'Bold',
    'Leila',
    'Marek',
    'Agnieszka',
    'João',
    'Thabo',
    'Hanna',
  ],
  ru: [
    'Анна',
    'Иван',
    'Мария',
    'Пётр',
    'Алёна',
    'Сергей',
    'Ольга',
    'Дмитрий',
    'Наталья',
    'Фёдор',
    'Екатерина',
    'Михаил',
    'Юлия',
    'Артём',
    'Светлана',
    'Тимур',
    'Гульнара',
    'Бат-Эрдэнэ',
    'Сарангэрэл',
    'Ксения',
  ],
}
const family = {
  en: [
    'Smith',
    'García',
    'Müller',
    'Okafor',
    'Tanaka',
    'Popescu',
    'Nguyen',
    'Kowalski',
    'Haddad',
    'Silva',
    'Johansson',
    'Patel',
    'O’Brien',
    'Dubois',
    'Rossi',
    'Kim',
    'Larsen',
    'Mbeki',
    'Novák',
    'Schmidt',
    'Yılmaz',
    'Ivanov',
    'Ganbold',
    'Fernandes',
    'Wright',
    'Cohen',
    'Marinescu',
    'Suzuki',
    'Adeyemi',
    'Horvat',
  ],
  ru: [
    'Иванова',
    'Петров',
    'Кузнецова',
    'Соловьёв',
    'Морозова',
    'Волков',
    'Фёдорова',
    'Ахметов',
    'Ким',
    'Лебедева',
    'Ковалёв',
    'Орлова',
    'Зайцев',
    'Гусева',
    'Титов',
    'Никитина',
    'Цэрэн',
    'Захарова',
    'Макаров',
    'Белова',
  ],
}
const latin: Record<string, string> = {}
'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'.split('').forEach((letter, i) => {
  latin[letter] = 'a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sch _ y _ e yu ya'.split(' ')[i]!
})

export interface Person {
  name: string
  address: string
  phone: string | null
  tongue: Tongue
}

/** Somebody with an address of his own; `n` makes it unique. */
export function somebody(n: number, chance: Chance): Person {
  const tongue: Tongue = chance.happens(0.4) ? 'ru' : 'en'
  const name = `${chance.pick(given[tongue])} ${chance.pick(family[tongue])}`
  const local = name
    .toLowerCase()
    .replace(/[а-яё]/g, (letter) => latin[letter] ?? '')
    .normalize('NFD')
    .replace(/[^a-z ]/g, '')
    .replace(/ +/g, '.')
  const domain = chance.pick([
    'mail.example',
    'post.example',
    'shop.example',
    'firma.example',
    'corp.example',
  ])
  const phone = chance.happens(0.3)
    ? `${tongue === 'ru' ? '+7912' : '+4930'}${String(1_000_000 + (n % 9_000_000)).padStart(7, '0')}`
    : null
  return { name, address: `${local}${n}@${domain}`, phone, tongue }
}
