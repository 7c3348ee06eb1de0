import { useCallback, useState } from 'react'

/** Whether the rail shows icons only, remembered per person on this device. */
export function useFolded(agent: string): [boolean, () => void] {
  const key = `foyer.rail.${agent}`
  const [folded, setFolded] = useState(() => localStorage.getItem(key) === 'folded')
  const fold = useCallback(() => {
    localStorage.setItem(key, folded ? 'open' : 'folded')
    setFolded(!folded)
  }, [key, folded])
  return [folded, fold]
}
