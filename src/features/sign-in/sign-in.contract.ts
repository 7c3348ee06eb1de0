import Type, { type Static } from 'typebox'
import { Id, Nullable } from '../../shared/wire.ts'
import { ApiKey, Language, Me, Session } from '../agents/agents.contract.ts'

const Name = Type.String({ minLength: 1, maxLength: 200 })
const Address = Type.String({ minLength: 1, maxLength: 320 })
// The rules of passwords are told by name (422); the schema only keeps off what no one types.
const Password = Type.String({ maxLength: 1000 })

export const SetupState = Type.Object({
  done: Type.Boolean(),
  codeNeeded: Type.Boolean({
    description: 'this request comes from elsewhere: name the code printed at start',
  }),
})
export const SetUp = Type.Object({
  name: Name,
  address: Address,
  password: Password,
  language: Type.Optional(Language),
  inboxName: Type.String({ minLength: 1, maxLength: 100 }),
  inboxAddress: Address,
  code: Type.Optional(Type.String({ maxLength: 100 })),
})
export type SetUp = Omit<Static<typeof SetUp>, 'language'> & { language: Language }
export const SignIn = Type.Object({ address: Address, password: Password })
export const WhoIsHere = Type.Object({ me: Nullable(Me) })
export const SignedIn = Type.Object({ me: Me })
export const ResetRequest = Type.Object({ address: Address })
export const NewPassword = Type.Object({ password: Password })
export const PasswordChange = Type.Object({ current: Password, next: Password })
export const AddressChange = Type.Object({ address: Address, password: Password })
export const AddressOf = Type.Object({ address: Address })
export const Invitation = Type.Object({ name: Type.String(), address: Type.String() })
export const InvitationTaken = Type.Object({
  password: Password,
  name: Type.Optional(Name),
  language: Type.Optional(Language),
})
export const SessionList = Type.Object({ items: Type.Array(Session), nextCursor: Type.Null() })
export const ApiKeyList = Type.Object({ items: Type.Array(ApiKey), nextCursor: Type.Null() })
export const NewApiKey = Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }) })
/** The key stands in this answer and nowhere else. */
export const CreatedApiKey = Type.Intersect([ApiKey, Type.Object({ key: Type.String() })])
export const IdParams = Type.Object({ id: Id })
