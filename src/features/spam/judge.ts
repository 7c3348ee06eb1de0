// How like spam a mail is: each of its words speaks as often as it was seen in spam and elsewhere, rare ones hardly at
// all (Robinson), and the words together by Fisher's method, as SpamBayes and Bogofilter combine them.
// G. Robinson, "A Statistical Approach to the Spam Problem", Linux Journal 107 (2003).

export interface Learned {
  spam: number
  other: number
}
export interface Judgement {
  /** 0: not like spam at all … 1: like nothing but spam; around 0.5 it cannot be said */
  score: number
  /** the tokens that speak most for spam, strongest first */
  because: string[]
}

/** From here on it is taken for spam: rather some spam in the queue than one customer out of it. */
export const enough = 0.95
/** So much of both kinds must have been learned before anything is judged. */
export const fewest = 20

/** How far a word that was never seen moves anything, and what it says. */
const strength = 0.45
const unknown = 0.5
const speaks = 0.1
const mostWords = 150

/**
 * @param counts in how many lessons of each kind a token was seen; what was never seen need not be there
 * @param lessons how many there were of each kind, both more than 0
 */
export function judge(tokens: string[], counts: Map<string, Learned>, lessons: Learned): Judgement {
  const heard = tokens
    .map((token) => ({ token, p: probability(counts.get(token), lessons) }))
    .filter(({ p }) => Math.abs(p - 0.5) >= speaks)
    .sort((a, b) => Math.abs(b.p - 0.5) - Math.abs(a.p - 0.5))
    .slice(0, mostWords)
  if (heard.length === 0) return { score: 0.5, because: [] }
  const against = heard.reduce((sum, { p }) => sum + Math.log(1 - p), 0)
  const forIt = heard.reduce((sum, { p }) => sum + Math.log(p), 0)
  const spamminess = 1 - chance(-2 * against, 2 * heard.length)
  const hamminess = 1 - chance(-2 * forIt, 2 * heard.length)
  return {
    score: (1 + spamminess - hamminess) / 2,
    because: heard.filter(({ p }) => p > 0.5).map(({ token }) => token),
  }
}

function probability(seen: Learned | undefined, lessons: Learned): number {
  const n = seen ? seen.spam + seen.other : 0
  if (!seen || n === 0) return unknown
  const spam = Math.min(1, seen.spam / lessons.spam)
  const other = Math.min(1, seen.other / lessons.other)
  return (strength * unknown + (n * spam) / (spam + other)) / (strength + n)
}

/** That chi square with so many (even) degrees of freedom is at least `x`. */
function chance(x: number, degrees: number): number {
  const half = x / 2
  let term = Math.exp(-half)
  let sum = term
  for (let i = 1; i < degrees / 2; i += 1) {
    term *= half / i
    sum += term
  }
  return Math.min(1, sum)
}
