// Texts: one namespace per part of the house, fetched when its first screen opens.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

const files = import.meta.glob<{ default: Record<string, string> }>('../shared/texts/*/*.json')
export const languages = ['en', 'ru'] as const
export type UiLanguage = (typeof languages)[number]
const kept = 'foyer.language'

export async function startTexts(): Promise<void> {
  await i18next
    .use({
      type: 'backend' as const,
      init() {},
      read(language: string, namespace: string, done: (error: unknown, texts?: object) => void) {
        const load = files[`../shared/texts/${language}/${namespace}.json`]
        if (!load) return done(null, {})
        load().then(
          (module) => done(null, module.default),
          (error) => done(error),
        )
      },
    })
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      fallbackLng: 'en',
      supportedLngs: languages,
      ns: ['console', 'events', 'timeline', 'queue'],
      defaultNS: 'console',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    })
  markDocument()
}

export async function setLanguage(language: UiLanguage): Promise<void> {
  localStorage.setItem(kept, language)
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
