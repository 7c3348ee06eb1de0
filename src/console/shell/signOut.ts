import { queryClient } from '../api/query.ts'
import { post } from '../api/request.ts'
import { emptyShelf } from '../offline/shelf.ts'
import { tellTabs } from '../offline/tabs.ts'

/** Ends the session here and leaves nothing of this person on screen. */
export async function signOut(): Promise<void> {
  await post('/sign-out', undefined, { signedOutIsFine: true }).catch(() => {})
  queryClient.clear()
  await emptyShelf()
  tellTabs({ kind: 'signed-out' })
  location.assign('/sign-in')
}
