/** How people inside prove who they are: first run, passwords, sessions, invitations, API keys. The front door. */

export { addMember } from './add-member.ts'
export { createApiKey } from './api-keys.ts'
export { identify } from './identify.ts'
export { makeInvitation } from './invitations.ts'
export { mailPasswordReset } from './passwords.ts'
export { setUp, setupCode } from './set-up.ts'
