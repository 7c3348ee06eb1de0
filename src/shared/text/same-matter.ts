/** What a conversation is about, as far as its first words tell. */
export interface Matter {
  subject: string
  /** new words of its first message from outside */
  text: string
}
export type MatterReason = 'same_words' | 'same_number' | 'same_subject'

const marks = /^\s*(?:(?:re|fwd?|aw|wg|sv|tr|ответ|на|пересл?)\s*(?:\[\d+\])?\s*:\s*)+/iu
const bareSubject = (subject: string) =>
  subject
    .replace(marks, '')
    .replace(/\[#\d+\]/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Words that carry something: no short ones, each once. */
const wordsOf = (text: string) =>
  new Set(
    text
      .slice(0, 5000)
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]{4,40}/gu) ?? [],
  )
/** Order, invoice and ticket numbers: five digits at least, so that no year and no house number is one. */
const numbersOf = ({ subject, text }: Matter) =>
  new Set(`${subject} ${text.slice(0, 5000)}`.match(/(?<![\d.,:+-])\d{5,20}(?![\d.,:-]\d)/g) ?? [])

/** Why two conversations of one customer may be one matter, the strongest reason; null: nothing says so. */
export function sameMatter(one: Matter, other: Matter): { reason: MatterReason; what: string } | null {
  const [words, others] = [wordsOf(one.text), wordsOf(other.text)]
  const both = [...words].filter((word) => others.has(word)).length
  const fewer = Math.min(words.size, others.size)
  if (fewer >= 5 && both >= fewer * 0.7) return { reason: 'same_words', what: '' }
  const numbers = numbersOf(other)
  const number = [...numbersOf(one)].find((each) => numbers.has(each))
  if (number) return { reason: 'same_number', what: number }
  const [subject, its] = [bareSubject(one.subject), bareSubject(other.subject)]
  if (subject.length > 5 && subject === its) return { reason: 'same_subject', what: '' }
  return null
}
