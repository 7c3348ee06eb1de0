// What somebody should not have sent by mail: card numbers and passports. Pointed out, never changed.

export type PrivateHint = 'card' | 'passport'

/** as people and forms write them: 4-4-4-4, 4-6-5, or in one piece */
const grouped =
  /(?<![\p{L}\p{N}])(?:\d{4}([ \u00A0-])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|\d{4}([ \u00A0-])\d{6}\2\d{5}|\d{15,19})(?![\p{L}\p{N}])/gu
/** Where the networks' numbers begin, with their lengths: Visa, Mastercard, Maestro, American Express, Mir, JCB, UnionPay, Discover, Diners */
const networks: [RegExp, number[]][] = [
  [/^4/, [16, 19]],
  [/^(5[1-5]|2(22[1-9]|2[3-9]|[3-6]|7[01]|720))/, [16]],
  [/^220[0-4]/, [16, 17, 18, 19]],
  [/^3[47]/, [15]],
  [/^35(2[89]|[3-8])/, [16]],
  [/^(6011|64[4-9]|65)/, [16, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(50|5[6-8]|6[0379])/, [16, 18, 19]],
]

/** Luhn's check (ISO/IEC 7812-1). */
function addsUp(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at])
    const twice = digit * 2
    sum += at % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice
  }
  return sum % 10 === 0
}

/** what stands before a number of our own world: an order, a tracking number, an account, a phone */
const other =
  /(?:order|tracking|parcel|invoice|ref(?:erence)?|imei|iban|serial|заказ\p{L}*|трек\p{L}*|отправлени\p{L}*|посылк\p{L}*|накладн\p{L}*|сч[её]т\p{L}*|тел(?:ефон)?\p{L}*)[^\p{L}\p{N}]{0,4}(?:no|nr|number|номер|№)?[^\p{L}\p{N}]{0,4}$/iu

/** Whether there is a card's number in a text. */
export function hasCard(text: string): boolean {
  for (const match of text.matchAll(grouped)) {
    const digits = match[0].replace(/\D/g, '')
    if (/^(\d)\1+$/.test(digits) || !addsUp(digits)) continue
    if (!networks.some(([start, lengths]) => start.test(digits) && lengths.includes(digits.length))) continue
    const before = text.slice(Math.max(0, match.index - 40), match.index)
    if (!other.test(before) && !/[+]\s?$/.test(before)) return true
  }
  return false
}

/** the second line of a passport's machine-readable zone (ICAO 9303, TD3): number, country, born, sex, until, checks */
const zone = /[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14}[\d<]\d/g
const weights = [7, 3, 1]
const worth = (sign: string) => (sign === '<' ? 0 : /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 55)
const check = (field: string) =>
  [...field].reduce((sum, sign, at) => sum + worth(sign) * weights[at % 3]!, 0) % 10

/** Whether there is a passport's machine-readable zone in a text. */
export function hasPassportZone(text: string): boolean {
  for (const [line] of text.matchAll(zone)) {
    const fields: [string, string][] = [
      [line.slice(0, 9), line[9]!],
      [line.slice(13, 19), line[19]!],
      [line.slice(21, 27), line[27]!],
    ]
    if (fields.every(([field, digit]) => check(field) === Number(digit))) return true
  }
  return false
}

/** Whether a file calls itself the picture of a passport or an identity card. */
export const isPassportName = (name: string): boolean =>
  /(?<!\p{L})(?:passports?|pasport|passeport|reisepass|personalausweis|pasaporte|passaporto|paszport|id[ _-]?card|identity[ _-]?card|driv(?:er|ing)[ _-]?licen[cs]e|паспорт\p{L}*|удостоверени\p{L}*|снилс|водительск\p{L}*)(?!\p{L})/iu.test(
    name,
  ) && /\.(?:jpe?g|png|heic|heif|webp|tiff?|gif|bmp|pdf|zip|docx?)$/i.test(name)

/** Everything of this kind in a message. @param text its own words @param names of its files */
export function findPrivate(text: string, names: string[]): PrivateHint[] {
  const hints: PrivateHint[] = []
  // Most mails have no fifteen digits near each other at all.
  const own = text.slice(0, 200_000)
  if (/\d{4}/.test(own) && hasCard(own)) hints.push('card')
  if (names.some(isPassportName) || (own.includes('<') && hasPassportZone(own))) hints.push('passport')
  return hints
}
