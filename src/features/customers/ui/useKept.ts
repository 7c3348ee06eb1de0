import { useEffect, useRef, useState } from 'react'
import { useMe } from '#console/api/me.ts'

/** State that survives a reload and belongs to whoever is signed in; `null` forgets it. */
export function useKept<T>(name: string, empty: T): [T, (next: T | null) => void] {
  const key = `foyer.${useMe().id}.${name}`
  const [value, setValue] = useState<T>(() => read(key, empty))
  const now = useRef(key)
  useEffect(() => {
    if (now.current === key) return
    now.current = key
    setValue(read(key, empty))
  }, [key, empty])
  return [
    value,
    (next) => {
      setValue(next ?? empty)
      try {
        if (next === null) localStorage.removeItem(key)
        else localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // A full or forbidden store must not keep anybody from typing.
      }
    },
  ]
}

function read<T>(key: string, empty: T): T {
  try {
    const kept = localStorage.getItem(key)
    return kept === null
      ? empty
      : typeof empty === 'object'
        ? { ...empty, ...JSON.parse(kept) }
        : JSON.parse(kept)
  } catch {
    return empty
  }
}
