import { useState } from 'react'

/** Whether the rail shows icons only, remembered per person on this device. */
export function useFolded(agent: string): [boolean, () => void] {
  const key = `foyer.rail.${agent}`
  const [folded, setFolded] = useState(() => localStorage.getItem(key) === 'folded')
  return [
    folded,
    () => {
      localStorage.setItem(key, folded ? 'open' : 'folded')
      setFolded(!folded)
    },
  ]
}
