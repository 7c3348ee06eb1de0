import { useEffect, useRef, useState } from 'react'
import { ApiError, reasonOf } from '../api/ApiError.ts'

/** A form at the door: one act at a time, and its refusal beside the field it is about. */
export function useSubmit(act: () => Promise<void>) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  // What was typed anew since is not at fault any more, until it is asked again.
  const [mended, setMended] = useState<string[]>([])
  const place = useRef<Element | null>(null)
  useEffect(() => {
    const form = place.current
    if (!error || !form) return
    leadToFault(form)
    const mend = ({ target }: Event) => {
      if (target instanceof HTMLInputElement && target.name && form.contains(target))
        setMended((names) => [...names, target.name])
    }
    // At the window, behind React: a rendering before it has heard of the letter would take the letter away.
    window.addEventListener('input', mend)
    return () => window.removeEventListener('input', mend)
  }, [error])
  const submit = async () => {
    if (busy) return
    place.current = document.activeElement?.closest('[role="dialog"], form') ?? null
    setBusy(true)
    setError(null)
    setMended([])
    try {
      await act()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const problem = error instanceof ApiError ? error : null
  return {
    busy,
    submit: () => void submit(),
    code: problem?.code ?? null,
    field: (name: string) => (mended.includes(name) ? null : (problem?.field(name) ?? null)),
    /** What is said above the form: nothing when every fault stands at a field. */
    words: error && !(problem && problem.errors.length > 0) ? reasonOf(error) : null,
  }
}

/** In a long form what was refused may be out of sight: the first such field is gone to, else its words are shown. */
function leadToFault(place: Element): void {
  const field = place.querySelector<HTMLElement>('[aria-invalid="true"]')
  if (field) field.focus()
  else place.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' })
}
