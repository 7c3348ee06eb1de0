import { useEffect, useRef, useState } from 'react'
import { get, post } from '#console/api/request.ts'
import type { Channel, ChannelTest, SelfMail, SelfMailReturn } from '../connections.contract.ts'

/** What is known of a trial so far. */
export interface Trial {
  test: ChannelTest
  /** the mail to itself; null: there is nothing to send it by, or the ways do not work yet */
  sent: SelfMail | 'running' | null
  back: 'running' | 'passed' | 'late' | null
}
/** A question for the mail waits four seconds on the server: two minutes in all. */
const questions = 30

/** Tries both ways of a channel, then sends a mail all the way round and waits for it. */
export function useTrying() {
  const [trial, setTrial] = useState<Trial | null>(null)
  const waiting = useRef<AbortController>(null)
  const reset = () => {
    waiting.current?.abort()
    setTrial(null)
  }
  useEffect(() => () => waiting.current?.abort(), [])
  async function run({ id, smtp }: Channel): Promise<boolean> {
    reset()
    const test = await post<ChannelTest>(`/channels/${id}/test`, {})
    const works = test.in.ok && test.out.ok
    setTrial({ test, sent: works && smtp ? 'running' : null, back: null })
    if (!works || !smtp) return works
    const sent = await post<SelfMail>(`/channels/${id}/self-mail`, {})
    setTrial({ test, sent, back: sent.ok ? 'running' : null })
    if (!sent.ok) return false
    const wait = new AbortController()
    waiting.current = wait
    void comesBack(id, sent.mail, wait.signal).then((back) => {
      if (!wait.signal.aborted) setTrial({ test, sent, back: back ? 'passed' : 'late' })
    })
    return true
  }
  return { trial, run, reset }
}

async function comesBack(channel: string, mail: string, signal: AbortSignal): Promise<boolean> {
  for (let asked = 0; asked < questions && !signal.aborted; asked += 1)
    try {
      const query = { mail }
      const { at } = await get<SelfMailReturn>(`/channels/${channel}/self-mail`, { query, signal })
      if (at) return true
    } catch {
      return false
    }
  return false
}
