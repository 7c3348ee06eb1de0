/** Foyer's door. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent-fill)" />
      <path d="M10 25V12a6 6 0 0 1 12 0v13" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
      <circle cx="18.4" cy="17.5" r="1.7" fill="#fff" />
    </svg>
  )
}
