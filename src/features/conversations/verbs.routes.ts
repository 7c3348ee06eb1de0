// Every verb as a resource. PUT says how it shall be, DELETE takes it back; where nothing changes, nothing is told.
import Type from 'typebox'
import type { House } from '#platform/house.ts'
import type { App } from '#platform/http/http.ts'
import { Id, Time } from '../../shared/wire.ts'
import { TagName } from '../tags/tags.contract.ts'
import { assign } from './assign.ts'
import { close, reopen } from './close.ts'
import { Priority } from './conversations.contract.ts'
import { follow, unfollow } from './follow.ts'
import { handOn, handToTeam } from './hand-to-team.ts'
import { markSpam, unmarkSpam } from './mark-spam.ts'
import { agentNamed, customerNamed, positionIn, teamNamed } from './named.ts'
import { addressOf, makeCustomer } from './participants.ts'
import { prioritise } from './prioritise.ts'
import { read, unread } from './read.ts'
import { setStatus, statusNamed } from './set-status.ts'
import { snooze, wake } from './snooze.ts'
import { tag, untag } from './tag.ts'
import { restore, trash } from './trash.ts'
import { addVerb } from './verb-route.ts'

const none = {}
const tagInPath = { params: Type.Object({ tag: TagName }) }

export function addVerbRoutes(app: App, house: House): void {
  addPeopleVerbs(app, house)
  addStateVerbs(app, house)
  addPlaceVerbs(app, house)
  addReaderVerbs(app, house)
}

function addPeopleVerbs(app: App, house: House): void {
  const agent = Type.String({ minLength: 1, maxLength: 320, description: 'id, me or address' })
  addVerb(
    app,
    house,
    'PUT',
    'assignee',
    'Make an agent responsible',
    { input: Type.Object({ agent }) },
    async (tx, row, input, by) => assign(tx, row, await agentNamed(tx, input.agent, by.agent), by),
  )
  addVerb(
    app,
    house,
    'DELETE',
    'assignee',
    'Nobody in particular: the team holds it',
    none,
    (tx, row, _, by) => assign(tx, row, null, by),
  )
  addVerb(
    app,
    house,
    'PUT',
    'team',
    'Hand over to a team; an agent outside it is no longer responsible',
    {
      input: Type.Object({
        team: Id,
        notOurs: Type.Optional(
          Type.Boolean({
            description: 'it had strayed: nobody stays responsible, and the way it came is kept',
          }),
        ),
      }),
    },
    async (tx, row, { team, notOurs }, by) =>
      (notOurs ? handOn : handToTeam)(tx, row, await teamNamed(tx, team), by),
  )
  addVerb(app, house, 'DELETE', 'team', "Back to the inbox's own team", none, (tx, row, _, by) =>
    handToTeam(tx, row, null, by),
  )
  addVerb(
    app,
    house,
    'PUT',
    'customer',
    'This is the customer: the one before stays as a participant',
    { input: Type.Object({ customer: Id }) },
    async (tx, row, { customer }, by) =>
      makeCustomer(tx, row, await addressOf(tx, await customerNamed(tx, customer, by.agent)), by),
  )
}

function addStateVerbs(app: App, house: House): void {
  const status = Type.String({
    minLength: 1,
    maxLength: 60,
    description: 'a category or a status name of yours',
  })
  addVerb(
    app,
    house,
    'PUT',
    'status',
    'Set the status; closed comes with time only',
    { input: Type.Object({ status }) },
    async (tx, row, input, by) => setStatus(tx, row, await statusNamed(tx, input.status), by),
  )
  addVerb(app, house, 'DELETE', 'status', 'Open again', none, (tx, row, _, by) =>
    setStatus(tx, row, { category: 'open', name: null }, by),
  )
  addVerb(app, house, 'PUT', 'closure', 'Close', none, (tx, row, _, by) => close(tx, row, by))
  addVerb(app, house, 'DELETE', 'closure', 'Reopen', none, (tx, row, _, by) => reopen(tx, row, by))
  addVerb(
    app,
    house,
    'PUT',
    'priority',
    'Set the priority',
    { input: Type.Object({ priority: Priority }) },
    (tx, row, { priority }, by) => prioritise(tx, row, priority, by),
  )
  addVerb(app, house, 'DELETE', 'priority', 'Normal again', none, (tx, row, _, by) =>
    prioritise(tx, row, 'normal', by),
  )
  addVerb(
    app,
    house,
    'PUT',
    'snooze',
    'Out of sight until then, or until the customer writes',
    { input: Type.Object({ until: Time }) },
    (tx, row, { until }, by) => snooze(tx, row, new Date(until), by),
  )
  addVerb(app, house, 'DELETE', 'snooze', 'Wake it', none, (tx, row, _, by) => wake(tx, row, by))
}

function addPlaceVerbs(app: App, house: House): void {
  addVerb(app, house, 'PUT', 'spam', 'Mark as spam', none, (tx, row, _, by) => markSpam(tx, row, by))
  addVerb(app, house, 'DELETE', 'spam', 'No spam', none, (tx, row, _, by) => unmarkSpam(tx, row, by))
  addVerb(app, house, 'PUT', 'trash', 'Into the trash', none, (tx, row, _, by) => trash(tx, row, by))
  addVerb(app, house, 'DELETE', 'trash', 'Out of the trash', none, (tx, row, _, by) => restore(tx, row, by))
  addVerb(app, house, 'PUT', 'tags/:tag', 'Tag', tagInPath, (tx, row, input, by) =>
    tag(tx, row, input.tag, by),
  )
  addVerb(app, house, 'DELETE', 'tags/:tag', 'Untag', tagInPath, (tx, row, input, by) =>
    untag(tx, row, input.tag, by),
  )
}

function addReaderVerbs(app: App, house: House): void {
  addVerb(
    app,
    house,
    'PUT',
    'read',
    'You have read it: all, or up to the newest item you had on screen',
    { input: Type.Object({ lastSeen: Type.Optional(Id) }) },
    async (tx, row, { lastSeen }, by) =>
      read(tx, row, by.agent, by, lastSeen ? await positionIn(tx, row.id, lastSeen) : undefined),
  )
  addVerb(app, house, 'DELETE', 'read', 'Unread for you again', none, (tx, row, _, by) =>
    unread(tx, row, by.agent, by),
  )
  addVerb(app, house, 'PUT', 'follow', 'Follow', none, (tx, row, _, by) => follow(tx, row, by.agent, by))
  addVerb(app, house, 'DELETE', 'follow', 'Stop following', none, (tx, row, _, by) =>
    unfollow(tx, row, by.agent, by),
  )
}
