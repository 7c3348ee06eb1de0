export type Theme = 'system' | 'light' | 'dark'
const kept = 'foyer.theme'
const frame = { light: '#f1f1f3', dark: '#101114' }

/** Follows the system unless the person chose; remembered on this device so that the first paint is right. */
export function applyTheme(theme: Theme = (localStorage.getItem(kept) as Theme | null) ?? 'system'): void {
  localStorage.setItem(kept, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  // The installed window's frame goes along.
  for (const each of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]'))
    each.content = frame[theme === 'system' ? (each.media.includes('dark') ? 'dark' : 'light') : theme]
}
