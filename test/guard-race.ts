// Two desks (processes) on one database; in every round two agents send at the same moment having seen the same item.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, openClient } from './desk.ts'
import { runFoyer, startFoyer } from './process.ts'

export interface Race {
  rounds: number
  /** rounds of which exactly one send was taken and the other refused as stale */
  clean: number
  /** what else happened, in words */
  others: string[]
  /** which of the two processes won how often */
  wins: [number, number]
}

interface Sent {
  id: string
  code?: string
}

export async function raceGuard(databaseUrl: string, rounds: number): Promise<Race> {
  const data = mkdtempSync(join(tmpdir(), 'foyer-guard-'))
  chmodSync(data, 0o755)
  const env = { DATABASE_URL: databaseUrl, FOYER_PASSWORD: 'a fine password' }
  const foyer = (...args: string[]) => runFoyer([...args, '--data', data], { env })
  await foyer('setup', '--name', 'Ann', '--email', 'ann@example.com')
  await foyer('agent', 'add', '--name', 'Bob', '--email', 'bob@example.com', '--password', 'a fine password')
  const key = async (agent: string) => (await foyer('api-key', 'create', '--agent', agent)).out.trim()
  const keys = [await key('ann@example.com'), await key('bob@example.com')]
  const desks = await Promise.all([
    startFoyer(['--data', data], { env }),
    startFoyer(['--data', data], { env }),
  ])
  try {
    const clients = desks.map(({ address }, i) => openClient(address, keys[i]))
    return await race(clients[0]!, clients[1]!, rounds)
  } finally {
    await Promise.all(desks.map((desk) => desk.stop()))
    rmSync(data, { recursive: true, force: true })
  }
}

async function race(ann: Client, bob: Client, rounds: number): Promise<Race> {
  const started = await ann.post<{ number: number; items: { id: string }[] }>('/conversations', {
    inbox: 'support@example.com',
    customer: { name: 'Cleo', address: 'cleo@mail.example' },
    subject: 'Race',
    message: { text: 'Who answers?' },
    direction: 'in',
  })
  let lastSeen = started.body.items[0]!.id
  const result: Race = { rounds, clean: 0, others: [], wins: [0, 0] }
  for (let round = 0; round < rounds; round += 1) {
    const answers = await Promise.all(
      [ann, bob].map((client, i) =>
        client.post<Sent>(`/conversations/${started.body.number}/messages`, {
          text: `Round ${round}, writer ${i}`,
          lastSeen,
        }),
      ),
    )
    const won = answers.findIndex(({ status }) => status === 201)
    const told = answers.map(({ status, body }) => body.code ?? status).sort()
    if (told.join() === '201,stale') {
      result.clean += 1
      result.wins[won === 0 ? 0 : 1] += 1
    } else result.others.push(`round ${round}: ${told.join(' and ')}`)
    lastSeen = answers[won]?.body.id ?? lastSeen
  }
  return result
}
