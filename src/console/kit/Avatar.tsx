import styles from './Avatar.module.css'

/** Initials on a quiet tint; the tint tells people apart, it says nothing. */
export function Avatar({ name, size = 28, team }: { name: string | null; size?: number; team?: boolean }) {
  return (
    <span
      className={styles.avatar}
      data-team={team ? '' : undefined}
      style={{ width: size, height: size, fontSize: size * 0.4, ['--hue' as string]: hue(name ?? '') }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  )
}

export function initials(name: string | null): string {
  const words = (name ?? '').replace(/[<>()"'@].*$/u, '').match(/[\p{L}\p{N}]+/gu) ?? []
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return `${[...(first ?? '?')][0]}${last ? [...last][0] : ''}`.toUpperCase()
}

function hue(name: string): number {
  let sum = 7
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 360
  return sum
}
