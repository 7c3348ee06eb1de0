// Texts: one namespace per part of the house, fetched when its first screen opens.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { firstNamespaces } from './texts/first.ts'

type Texts = Record<string, string>
const files = import.meta.glob<{ default: Texts }>([
  '../shared/texts/*/*.json',
  '!../shared/texts/*/{console,events,queue,timeline,composer,who}.json',
])
const first: Record<string, () => Promise<{ default: Record<string, Texts> }>> = {
  en: () => import('./texts/en.ts'),
  ru: () => import('./texts/ru.ts'),
}
export const languages = ['en', 'ru'] as const
export type UiLanguage = (typeof languages)[number]
const kept = 'foyer.language'

export async function startTexts(): Promise<void> {
  await i18next
    .use({
      type: 'backend' as const,
      init() {},
      read(language: string, namespace: string, done: (error: unknown, texts?: object) => void) {
        load(language, namespace).then(
          (texts) => done(null, texts),
          (error) => done(error),
        )
      },
    })
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      fallbackLng: 'en',
      supportedLngs: languages,
      // A copy: i18next adds to it what is asked for later.
      ns: [...firstNamespaces],
      defaultNS: 'console',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
      // A screen that shows a key instead of words is a bug; it is told where bugs are told.
      saveMissing: true,
      missingKeyHandler: (_languages, namespace, key) => console.error(`No words for ${namespace}:${key}`),
    })
  markDocument()
}

/** Everything a namespace says, whichever language is read at the moment. */
export async function load(language: string, namespace: string): Promise<Texts> {
  if (!firstNamespaces.includes(namespace))
    return (await files[`../shared/texts/${language}/${namespace}.json`]?.())?.default ?? {}
  const texts = (await first[language]?.())?.default
  return texts?.[`../../shared/texts/${language}/${namespace}.json`] ?? {}
}

export async function setLanguage(language: UiLanguage): Promise<void> {
  if (localStorage.getItem(kept) !== language) localStorage.setItem(kept, language)
  if (i18next.language === language) return
  await i18next.changeLanguage(language)
  markDocument()
}

function firstLanguage(): UiLanguage {
  const wanted = [localStorage.getItem(kept), ...navigator.languages]
  for (const each of wanted) {
    const found = languages.find((language) => each?.toLowerCase().startsWith(language))
    if (found) return found
  }
  return 'en'
}

function markDocument() {
  document.documentElement.lang = i18next.language
  document.documentElement.dir = i18next.dir()
}
