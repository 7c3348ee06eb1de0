/** Enough to be sure, little enough to be quick. */
const sampleSize = 16 * 1024
const singleByte = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5']
const doubleByte = ['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr']
const commonHan = new Set(
  '的一是不了在人有我他这这個们们中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于著下自之年过過发發后後作里裡用道行所然家种請请谢謝您好',
)

type Decode = (bytes: Uint8Array, charset: string) => string | null

/**
 * The likeliest charset of bytes that are no UTF-8. `declared` wins when it is nearly as good as the best.
 * Latin text has single high bytes between ASCII letters; Cyrillic and East Asian words are runs of them.
 */
export function guessCharset(bytes: Uint8Array, declared: string | null, decode: Decode): string {
  const sample = sampleOf(bytes)
  if (isWestern(sample)) return declared && singleByte.includes(declared) ? declared : 'windows-1252'
  let best = 'windows-1252'
  let bestScore = 0.3
  for (const charset of new Set([...(declared ? [declared] : []), ...singleByte, ...doubleByte])) {
    if (charset === 'windows-1252' || charset === 'utf-8') continue
    const text = decodeSample(sample, charset, decode)
    if (text === null) continue
    if (charset !== declared && singleByte.includes(charset) && !hasWords(text)) continue
    const score = plausibility(text, charset) + (charset === declared ? 0.1 : 0)
    if (score > bestScore) {
      best = charset
      bestScore = score
    }
  }
  return singleByte.includes(best) && best !== declared && hasMixedWords(sample) ? 'windows-1252' : best
}

/** Ornaments and blanks in other charsets look like one or two Cyrillic letters repeated. */
const hasWords = (text: string): boolean => new Set(text.match(/[а-яё]/g)).size >= 3

/** Words of ASCII letters and high bytes together: Latin with accents; Cyrillic words are wholly high. */
function hasMixedWords(sample: Uint8Array): boolean {
  const words =
    Buffer.from(sample)
      .toString('latin1')
      .match(/[A-Za-z\x80-\xff]{2,}/g) ?? []
  const high = words.filter((word) => /[\x80-\xff]/.test(word))
  const mixed = high.filter((word) => /[A-Za-z]/.test(word))
  return mixed.length > high.length * 0.3
}

/** The lines with high bytes, up to the sample size: a long ASCII start says nothing. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= sampleSize) return bytes
  let first = 0
  while (first < bytes.length && bytes[first]! < 0x80) first++
  const start = bytes.lastIndexOf(0x0a, first) + 1
  return bytes.subarray(start, start + sampleSize)
}

/** A sample may end inside a character: without its last bytes it must decode. */
function decodeSample(sample: Uint8Array, charset: string, decode: Decode): string | null {
  if (sample.length < sampleSize) return decode(sample, charset)
  for (let cut = 0; cut < 4; cut++) {
    const text = decode(sample.subarray(0, sample.length - cut), charset)
    if (text !== null) return text
  }
  return null
}

function isWestern(sample: Uint8Array): boolean {
  let high = 0
  let inRuns = 0
  for (let i = 0; i < sample.length; ) {
    let end = i
    while (end < sample.length && sample[end]! >= 0x80) end++
    high += end - i
    if (end - i >= 3) inRuns += end - i
    i = Math.max(end, i) + 1
  }
  return inRuns < high * 0.4
}

/** 0 … 1: the share of letters that are as one would write them in that script. */
function plausibility(text: string, charset: string): number {
  return doubleByte.includes(charset) ? eastAsian(text, charset) : cyrillicShare(text)
}

/** Right code page: small letters, capitals at the start of words. Wrong one: aLTERNATING, signs, rare letters. */
function cyrillicShare(text: string): number {
  let good = 0
  let all = 0
  let before = ''
  for (const char of text) {
    if (char >= '\u0080') {
      all++
      const small = /[а-яёіїєґў]/.test(char)
      if (small && !/[A-Za-z]/.test(before)) good += /[ъэфщ]/.test(char) ? 0.7 : 1
      else if (/[А-ЯЁІЇЄ]/.test(char) && !/[а-яёіїєA-Za-z]/.test(before)) good += 0.8
      else if (/[«»—–…№“”„’\u00a0]/.test(char)) good += 0.8
    }
    before = char
  }
  return all === 0 ? 0 : good / all
}

function eastAsian(text: string, charset: string): number {
  let good = 0
  let all = 0
  for (const char of text) {
    if (char < '\u0080') continue
    all++
    good += charWorth(char, charset)
  }
  return all === 0 ? 0 : Math.min(1, good / all)
}

function charWorth(char: string, charset: string): number {
  if (/[\u3000\u3001\u3002\uff0c\uff01\uff1f\u300c\u300d\uff1a]/.test(char)) return 1
  if (/[\u3040-\u309f\u30a0-\u30ff]/.test(char))
    return charset === 'shift_jis' || charset === 'euc-jp' ? 1.1 : 0.2
  if (/[\uac00-\ud7af]/.test(char)) return charset === 'euc-kr' ? 1.1 : 0
  if (/[\u4e00-\u9fff]/.test(char)) return commonHan.has(char) ? 2 : charset === 'euc-kr' ? 0.3 : 0.55
  return 0
}
