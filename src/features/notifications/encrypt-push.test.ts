import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import { encryptPush, pushAuthorization } from './encrypt-push.ts'

const bytes = (text: string) => Buffer.from(text, 'base64url')

test('the message of RFC 8291, 5 is sealed to the very bytes printed there', () => {
  const sealed = encryptPush(
    Buffer.from('When I grow up, I want to be a watermelon'),
    {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    {
      salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
      privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
    },
  )
  assert.equal(
    sealed.toString('base64url'),
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

test('the word about the sender names the push service, ends within a day, and is signed with our key', async () => {
  const { pushKeys } = await import('./push-keys.ts')
  const { testDatabase } = await import('../../../test/database.ts')
  const { openSecrets } = await import('#platform/secrets/secrets.ts')
  const db = await testDatabase()
  const now = new Date('2026-03-02T09:00:00Z')
  const made = await Promise.all([1, 2, 3].map(() => pushKeys(db, openSecrets('a secret'), now)))
  assert.equal(new Set(made.map(({ public: key }) => key)).size, 1, 'made once however many ask')
  const { sealed } = await db.selectFrom('push_keys').select('sealed').executeTakeFirstOrThrow()
  assert.ok(!sealed.includes(String(made[0]!.private.d)))
  const word = pushAuthorization('https://push.example/a/b?c', made[0]!, 'https://desk.example', now)
  const [, head, body, signature, key] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(word)!
  const claims = JSON.parse(bytes(body!).toString())
  assert.deepEqual([claims.aud, claims.sub], ['https://push.example', 'https://desk.example'])
  assert.ok(claims.exp > now.getTime() / 1000 && claims.exp < now.getTime() / 1000 + 86_400)
  const point = bytes(key!)
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const known = createPublicKey({ key: jwk, format: 'jwk' })
  assert.ok(
    verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      { key: known, dsaEncoding: 'ieee-p1363' },
      bytes(signature!),
    ),
  )
})
