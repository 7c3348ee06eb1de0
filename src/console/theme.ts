export type Theme = 'system' | 'light' | 'dark'
const kept = 'foyer.theme'

/** Follows the system unless the person chose; remembered on this device so that the first paint is right. */
export function applyTheme(theme: Theme = (localStorage.getItem(kept) as Theme | null) ?? 'system'): void {
  localStorage.setItem(kept, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
