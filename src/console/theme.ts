export type Theme = 'system' | 'light' | 'dark'
const kept = 'foyer.theme'
const frame = { light: '#f1f1f3', dark: '#101114' }

/**
 * Follows the system unless the person chose; remembered on this device so that the first paint is right. Called each
 * time one goes somewhere: what is already so is not written again, as that alone would have the page styled anew.
 */
export function applyTheme(theme: Theme = (localStorage.getItem(kept) as Theme | null) ?? 'system'): void {
  if (localStorage.getItem(kept) !== theme) localStorage.setItem(kept, theme)
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset.theme
  else if (dataset.theme !== theme) dataset.theme = theme
  // The installed window's frame goes along.
  for (const each of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const colour = frame[theme === 'system' ? (each.media.includes('dark') ? 'dark' : 'light') : theme]
    if (each.content !== colour) each.content = colour
  }
}
