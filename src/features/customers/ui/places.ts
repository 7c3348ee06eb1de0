/** Languages one may choose for a customer; others can be set through the API and are shown all the same. */
const languages =
  'en ru uk ro de fr es it pt nl pl cs sk hu bg sr hr sl el tr sv no da fi et lv lt ka hy az kk ky uz tg mn ja zh ko vi th id hi he ar fa'.split(
    ' ',
  )

export const languageName = (language: string, reader: string): string => {
  try {
    return new Intl.DisplayNames(reader, { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}
/** "Germany" for DE, in the reader's language. */
export const countryName = (country: string, reader: string): string =>
  new Intl.DisplayNames(reader, { type: 'region', fallback: 'code' }).of(country) ?? country
export const languageChoices = (reader: string) =>
  languages
    .map((id) => ({ id, label: languageName(id, reader) }))
    .sort((a, b) => a.label.localeCompare(b.label, reader))

export const timeZoneChoices = () =>
  Intl.supportedValuesOf('timeZone').map((id) => ({ id, label: id.replaceAll('_', ' ') }))

/** "14:02" over there. @param now ms since 1970 */
export function timeThere(timeZone: string, now: number, reader: string): string {
  try {
    return new Intl.DateTimeFormat(reader, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    }).format(now)
  } catch {
    return timeZone
  }
}
