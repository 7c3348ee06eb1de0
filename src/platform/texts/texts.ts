// Errors, events and mails are code + parameters; they become words here, at the edge, in the reader's language.
import { readdirSync, readFileSync } from 'node:fs'
import i18next, { type i18n } from 'i18next'

const folder = new URL('../../shared/texts/', import.meta.url)
export const languages = ['en', 'ru'] as const
export type LanguageCode = (typeof languages)[number]

let loaded: i18n | undefined
function texts(): i18n {
  if (loaded) return loaded
  const resources = Object.fromEntries(
    languages.map((language) => [
      language,
      Object.fromEntries(
        readdirSync(new URL(`${language}/`, folder)).map((file) => [
          file.replace('.json', ''),
          JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), 'utf8')),
        ]),
      ),
    ]),
  )
  loaded = i18next.createInstance()
  void loaded.init({ resources, fallbackLng: 'en', initAsync: false, interpolation: { escapeValue: false } })
  return loaded
}

/** @param key `namespace:key`; missing keys answer the key itself (bin/check finds them before anybody sees it) */
export function text(language: string, key: string, params: Record<string, unknown> = {}): string {
  return texts().t(key, { ...params, lng: language })
}
/** The best of our languages for an Accept-Language header. */
export function languageOf(header: string | undefined): LanguageCode {
  const asked = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return (
    languages.find(
      (language) =>
        asked.includes(language) &&
        asked.indexOf(language) === asked.findIndex((a) => languages.includes(a as LanguageCode)),
    ) ?? 'en'
  )
}
