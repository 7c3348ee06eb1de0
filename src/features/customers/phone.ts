// Phone numbers in one writing: E.164 where the number can be understood, whatever signs and prefixes it came with.
import {
  type CountryCode,
  getCountries,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'
import type { Db } from '#platform/db/db.ts'
import { refuseField } from '#platform/errors/refuse.ts'
import { readSetting, writeSetting } from '#platform/settings/settings.ts'

const setting = 'phones.country'

/** The country that numbers without a country code belong to (ISO 3166, two letters); null: nobody said. */
export async function phoneCountry(db: Db): Promise<string | null> {
  const country = await readSetting(db, setting)
  return typeof country === 'string' ? country : null
}

export async function setPhoneCountry(tx: Db, country: string | null): Promise<void> {
  if (country !== null && !isSupportedCountry(country)) refuseField('country', 'unknown')
  await writeSetting(tx, setting, country)
}

export const countries = (): string[] => [...getCountries()].sort()

/**
 * A phone number as we keep it: E.164 where it is one, else its digits, with the plus where one was given: short and
 * inner numbers are numbers too.
 * @returns null: there are not enough digits for a number
 */
export function phoneNumber(text: string, country: string | null): string | null {
  const understood = parsePhoneNumberFromString(text, (country ?? undefined) as CountryCode | undefined)
  if (understood?.isPossible()) return understood.number
  const digits = text.replace(/\D/g, '')
  if (digits.length < 3 || digits.length > 20) return null
  return text.trim().startsWith('+') ? `+${digits}` : digits
}

/** The ends by which a number is found whatever stands before them: +7, 8, 007, 0. Empty: this is no number. */
export function phoneEnds(text: string, country: string | null): string[] {
  if (!/^\+?[\d\s().\u2010-\u2015/-]+$/.test(text)) return []
  const digits = text.replace(/\D/g, '')
  if (digits.length < 4) return []
  const understood = phoneNumber(text, country) ?? ''
  const ends = [digits.slice(-10), digits.replace(/^0+/, '').slice(-10), understood.replace(/\D/g, '')]
  return [...new Set(ends.filter((end) => end.length >= 4))]
}
