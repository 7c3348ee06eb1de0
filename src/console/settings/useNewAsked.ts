import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/** Whether the address asks for a new one (`#new`). It asks once and is cleared, so that a reload does not ask again. */
export function useNewAsked(): boolean {
  const navigate = useNavigate()
  const [asked] = useState(() => location.hash === '#new')
  useEffect(() => {
    if (asked) void navigate({ to: '.', hash: '', replace: true, resetScroll: false })
  }, [asked, navigate])
  return asked
}
