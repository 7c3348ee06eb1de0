import { errorsOf, type FieldError, refuseField } from '#platform/errors/refuse.ts'
import { mailAddress } from '#shared/address/address.ts'

export const shortestPassword = 10

// Of the commonest passwords of published leaks, those that are long enough for us, and what people take when a
// desk asks for ten characters. Compared without case.
const commonest = new Set(
  `1234567890 12345678910 123456789a 0123456789 0987654321 1234554321 123123123123 1111111111 0000000000 1122334455
  qwertyuiop qwerty1234 qwerty12345 qwerty123456 qwertyuiop123 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc q1w2e3r4t5 q1w2e3r4t5y6
  asdfghjkl1 asdfghjkl123 zxcvbnm123 zaq12wsxcde3 password12 password123 password1234 password12345 passw0rd123 p@ssw0rd123 mypassword
  iloveyou12 iloveyou123 welcome123 welcome1234 letmein123 sunshine123 football123 baseball123 princess123 superman123
  administrator admin12345 admin123456 adminadmin administrator1 changeme123 changeme1234 secret1234 secret12345 test123456 testtest123
  abc1234567 abcd123456 abcdefghij aaaaaaaaaa a123456789 a1234567890 support123 helpdesk123 foyer12345 foyerfoyer
  йцукенгшщз йцукен1234 йцукен12345 пароль1234 пароль12345 пароль123456 парольпароль поддержка1 администратор любимая123`.split(
    /\s+/,
  ),
)

/** Refuses a password that would be guessed; the error names `field`. */
export function checkPassword(password: string, address: string, field: string): void {
  if ([...password].length < shortestPassword)
    refuseField(field, 'password_short', { length: shortestPassword })
  if (password.length > 200) refuseField(field, 'too_long')
  const lower = password.toLowerCase()
  const [name] = address.split('@')
  if (address && (lower === address || lower === name || lower === `${name}${name}`))
    refuseField(field, 'password_is_address')
  if (commonest.has(lower) || new Set(lower).size < 3) refuseField(field, 'password_common')
}

/** The same as a list, of a password that may be anything; an empty one is somebody else's to name. */
export const wrongPassword = async (given: unknown, address: unknown): Promise<FieldError[]> =>
  typeof given === 'string' && given
    ? errorsOf(() =>
        checkPassword(given, (typeof address === 'string' && mailAddress(address)) || '', 'password'),
      )
    : []
