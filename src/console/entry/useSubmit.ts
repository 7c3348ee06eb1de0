import { useState } from 'react'
import { ApiError, reasonOf } from '../api/ApiError.ts'

/** A form at the door: one act at a time, and its refusal beside the field it is about. */
export function useSubmit(act: () => Promise<void>) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async () => {
    if (busy) return
    setBusy(true)
    setError(null)
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
    field: (name: string) => problem?.field(name) ?? null,
    /** What is said above the form: nothing when every fault stands at a field. */
    words: error && !(problem && problem.errors.length > 0) ? reasonOf(error) : null,
  }
}
