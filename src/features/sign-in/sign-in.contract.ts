import Type, { type Static } from 'typebox'
import { Id, Nullable } from '../../shared/wire.ts'
import { ApiKey, Language, Me, Session } from '../agents/agents.contract.ts'

const Name = Type.String({ minLength: 1, maxLength: 200 })
const Address = Type.String({ minLength: 1, maxLength: 320 })
const NewAddress = Type.String({ minLength: 1, maxLength: 320, format: 'mail-address' })
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
  address: NewAddress,
  // Empty is told with the other empty fields; what a password must be is told once they are filled in.
  password: Type.String({ minLength: 1, maxLength: 1000 }),
  language: Type.Optional(Language),
  inboxName: Type.String({ minLength: 1, maxLength: 100 }),
  inboxAddress: NewAddress,
  code: Type.Optional(Type.String({ maxLength: 100 })),
})
export type SetUp = Omit<Static<typeof SetUp>, 'language'> & { language: Language }
export const SignIn = Type.Object({ address: Address, password: Password })
export const WhoIsHere = Type.Object({ me: Nullable(Me) })
export const SignedIn = Type.Object({ me: Me })
export const ResetRequest = Type.Object({ address: Address })
export const NewPassword = Type.Object({ password: Password })
export const PasswordChange = Type.Object({ current: Password, next: Password })
export const AddressChange = Type.Object({ address: NewAddress, password: Password })
export const AddressOf = Type.Object({ address: NewAddress })
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
