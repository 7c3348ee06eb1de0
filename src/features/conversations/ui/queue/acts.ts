// What can be done to any number of conversations at once: what the server is asked, what rows look like before it
// has answered, and the words for it.
import type { Named } from '#shared/wire.ts'
import type { BulkChange, Conversation, Priority } from '../../conversations.contract.ts'

export interface Act {
  /** key of the words in the past tense, `queue:done.*` */
  done: string
  name?: string
  do: BulkChange['do']
  shows: (row: Conversation) => Partial<Conversation>
}
const always =
  (shows: Partial<Conversation>): Act['shows'] =>
  () =>
    shows
const status = (category: Conversation['status']['category'], name: string = category) => ({
  status: { category, name },
})
const sorted = (tags: Iterable<string>) => [...new Set(tags)].sort((a, b) => a.localeCompare(b))

export const acts = {
  assign: (agent: Named | null): Act => ({
    done: agent ? 'assigned' : 'unassigned',
    name: agent?.name,
    do: { assignee: agent?.id ?? null },
    shows: always({ assignee: agent }),
  }),
  setTeam: (team: Named): Act => ({
    done: 'team',
    name: team.name,
    do: { team: team.id },
    shows: always({ team }),
  }),
  setPriority: (priority: Priority, words: string): Act => ({
    done: 'priority',
    name: words,
    do: { priority },
    shows: always({ priority }),
  }),
  setStatus: (category: Conversation['status']['category'], name: string, words: string): Act => ({
    done: 'status',
    name: words,
    do: { status: name },
    shows: always(status(category, name)),
  }),
  close: (): Act => ({
    done: 'closed',
    do: { status: 'solved' },
    shows: always({ ...status('solved'), holder: null, waitingSince: null }),
  }),
  reopen: (): Act => ({ done: 'reopened', do: { status: 'open' }, shows: always(status('open')) }),
  snooze: (until: string, words: string): Act => ({
    done: 'snoozed',
    name: words,
    do: { snooze: until },
    shows: always({ snoozedUntil: until }),
  }),
  wake: (): Act => ({ done: 'woken', do: { snooze: null }, shows: always({ snoozedUntil: null }) }),
  tag: (add: string[], remove: string[]): Act => ({
    done: add.length > 0 ? 'tagged' : 'untagged',
    name: [...add, ...remove].join(', '),
    do: { addTags: add, removeTags: remove },
    shows: (row) => ({ tags: sorted([...row.tags, ...add]).filter((tag) => !remove.includes(tag)) }),
  }),
  setSpam: (spam: boolean): Act => ({
    done: spam ? 'spam' : 'notSpam',
    do: { spam },
    shows: always({ spam }),
  }),
  setTrashed: (trash: boolean): Act => ({
    done: trash ? 'trash' : 'notTrash',
    do: { trash },
    shows: always({ trashed: trash }),
  }),
  setRead: (read: boolean): Act => ({
    done: read ? 'read' : 'unread',
    do: { read },
    shows: always({ unread: !read }),
  }),
}
