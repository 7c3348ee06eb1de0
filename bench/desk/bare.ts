// What the pages are compared with: the least SQL that brings what the page shows, by hand, on one connection.
import type pg from 'pg'

const where: Record<string, string> = {
  all: `c.bucket not in ('spam', 'trash')`,
  open: `c.bucket = 'open'`,
  mine: `c.bucket in ('open', 'pending') and c.assignee = $1`,
  unassigned: `c.bucket = 'open' and c.assignee is null`,
  pending: `c.bucket = 'pending'`,
  'my-teams': `c.bucket = 'open' and c.team in (select team from team_members where agent = $1)`,
  closed: `c.bucket in ('closed', 'thanks')`,
}

export const bareList = (db: pg.Client, view: string, agent: string) =>
  db.query(
    `select c.*, i.name as inbox_name, i.address as inbox_address, t.name as team_name, a.name as assignee_name,
      cu.name as customer_name,
      array(select g.name from conversation_tags ct join tags g on g.id = ct.tag where ct.conversation = c.id) as tags,
      array(select p.address from participants p where p.conversation = c.id) as participants,
      (select position from read_positions r where r.conversation = c.id and r.agent = $1) as read,
      exists (select from followers f where f.conversation = c.id and f.agent = $1) as following
    from (select * from conversations c where ${where[view]} order by last_activity_at desc, id desc limit 51) c
      join inboxes i on i.id = c.inbox join customers cu on cu.id = c.customer
      left join teams t on t.id = c.team left join agents a on a.id = c.assignee
    order by c.last_activity_at desc, c.id desc`,
    [agent],
  )

export async function bareOpen(db: pg.Client, id: string): Promise<void> {
  await db.query(
    `select c.*, i.name, i.address, t.name, a.name, cu.name,
      array(select g.name from conversation_tags ct join tags g on g.id = ct.tag where ct.conversation = c.id) as tags,
      array(select p.address from participants p where p.conversation = c.id) as participants
    from conversations c join inboxes i on i.id = c.inbox join customers cu on cu.id = c.customer
      left join teams t on t.id = c.team left join agents a on a.id = c.assignee where c.id = $1`,
    [id],
  )
  await db.query(
    `select m.*, array(select row(d.recipient, d.state) from deliveries d where d.message = m.id) as deliveries,
      array(select row(f.id, f.name, f.type, f.size) from attachments f where f.message = m.id) as attachments
    from messages m where conversation = $1 order by position desc limit 51`,
    [id],
  )
  await db.query('select * from comments where conversation = $1 order by position desc limit 51', [id])
  await db.query(
    'select * from events where conversation = $1 and position is not null order by position desc limit 51',
    [id],
  )
}
