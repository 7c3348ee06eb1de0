import { useState } from 'react'

/** Rows of 40 px instead of 64, remembered per person on this device. */
export function useDense(agent: string): [boolean, (dense: boolean) => void] {
  const key = `foyer.dense.${agent}`
  const [dense, setDense] = useState(() => localStorage.getItem(key) === '1')
  return [
    dense,
    (next) => {
      localStorage.setItem(key, next ? '1' : '0')
      setDense(next)
    },
  ]
}
