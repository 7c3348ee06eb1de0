import { useState } from 'react'
import { AfterPaint } from '../kit/AfterPaint.tsx'
import { Avatar } from '../kit/Avatar.tsx'
import { BareButton, Button, type ButtonLook, buttonClass, IconButton } from '../kit/Button.tsx'
import { CopyText } from '../kit/CopyText.tsx'
import { Icon, type IconName, iconNames } from '../kit/Icon.tsx'
import { InPlace } from '../kit/InPlace.tsx'
import { List, ListRow, Page, Section } from '../kit/List.tsx'
import { NavButton } from '../kit/Nav.tsx'
import { Pick } from '../kit/Pick.tsx'
import { PresenceMark } from '../kit/PresenceMark.tsx'
import { EmptyState, ErrorState, Skeleton } from '../kit/States.tsx'
import { Steps } from '../kit/Steps.tsx'
import { Tabs } from '../kit/Tabs.tsx'
import { Badge, Key, Tag } from '../kit/Tag.tsx'
import { Lasting, Time } from '../kit/Time.tsx'
import styles from './KitPage.module.css'
import type { Specimen } from './specimen.ts'

const looks: ButtonLook[] = ['main', 'plain', 'quiet', 'remove', 'danger', 'comment']
const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const moments = ['2026-11-22T16:40:00Z', '2026-11-18T09:00:00Z', '2025-01-03T09:00:00Z']

function Buttons() {
  return looks.map((look) => (
    <div key={look} className={styles.line}>
      <Button look={look}>{look}</Button>
      <Button look={look} icon="check">
        With icon
      </Button>
      <Button look={look} size="small">
        Small
      </Button>
      <Button look={look} disabled>
        Disabled
      </Button>
      <Button look={look} busy>
        Busy
      </Button>
      <IconButton look={look} name="more" label={`More (${look})`} keys="M" />
    </div>
  ))
}

/** Each press goes to another place of the same name, as going to the next conversation does. */
function Arriving() {
  const [visit, setVisit] = useState(1)
  return (
    <>
      <Button onClick={() => setVisit(visit + 1)}>Go on</Button>
      <AfterPaint key={visit} name="kit">
        <p>Visit {visit}: the place kept its look until this was made.</p>
      </AfterPaint>
    </>
  )
}

function SomeTabs({ flush }: { flush?: boolean }) {
  const [tab, setTab] = useState<'reply' | 'comment'>('reply')
  return (
    <Tabs
      flush={flush}
      value={tab}
      onChange={setTab}
      label={flush ? 'Writing' : 'Places'}
      tabs={[
        { value: 'reply', label: 'Reply' },
        { value: 'comment', label: 'Comment', tone: 'comment' },
      ]}
    >
      What belongs to {tab}.
    </Tabs>
  )
}

function Picks() {
  const [picked, setPicked] = useState(false)
  return (
    <div className={styles.line}>
      <Pick picked={picked} picking={false} label="Pick Anna" size={28} onPick={() => setPicked(!picked)}>
        <Avatar name="Anna Bell" />
      </Pick>
      <Pick picked picking label="Picked" size={28} onPick={() => {}}>
        <Avatar name="Boris" />
      </Pick>
      <Pick picked={false} picking label="Not picked" size={28} onPick={() => {}}>
        <Avatar name="Chidi" />
      </Pick>
    </div>
  )
}

export const parts: Specimen[] = [
  { name: 'Button', show: Buttons },
  {
    name: 'Wide button, link as a button, bare button',
    show: () => (
      <>
        <div className={styles.line}>
          <Button wide look="main">
            Sign in
          </Button>
        </div>
        <div className={styles.line}>
          <a className={buttonClass()} href="/kit">
            The kit itself
          </a>
          <BareButton>A subject that can be changed</BareButton>
        </div>
      </>
    ),
  },
  {
    name: 'Row of the rail',
    show: () => (
      <>
        <NavButton icon="inbox" end="Ctrl K">
          All actions
        </NavButton>
        <NavButton lead={<Avatar name="Demo" size={20} />}>{long}</NavButton>
      </>
    ),
  },
  {
    name: 'Avatar, presence',
    show: () => (
      <div className={styles.line}>
        {['Anna Bell', 'Анна Белова', '佐藤 健', '', null].map((name) => (
          <Avatar key={String(name)} name={name} />
        ))}
        <Avatar name="Delivery" team />
        <Avatar name="Small" size={18} />
        {(['replying', 'commenting', 'editing', 'viewing', 'away'] as const).map((doing) => (
          <PresenceMark key={doing} people={[{ name: 'Boris', doing }]} words={`Boris: ${doing}`} />
        ))}
        <PresenceMark
          people={[
            { name: 'Boris', doing: 'viewing' },
            { name: 'Olga', doing: 'replying' },
          ]}
          words="Olga replies, Boris looks"
        />
      </div>
    ),
  },
  { name: 'Pick', show: Picks },
  {
    name: 'Tag, badge, key, time',
    show: () => (
      <>
        <div className={styles.line}>
          <Tag>delivery</Tag>
          <Tag onRemove={() => {}}>warranty</Tag>
          <Tag>{long}</Tag>
        </div>
        <div className={styles.line}>
          {(['neutral', 'accent', 'warm', 'broken', 'comment'] as const).map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
        </div>
        <div className={styles.line}>
          <Key>Ctrl</Key>
          <Key>K</Key>
          {moments.map((at) => (
            <Time key={at} at={at} />
          ))}
          <Lasting since={moments[1]!} />
          <CopyText value="anna@mail.example" />
        </div>
      </>
    ),
  },
  {
    name: 'Changed in place',
    show: () => (
      <div className={styles.line}>
        <InPlace label="Name" add="Add a name" value="Anna Bell" onSave={() => {}} />
        <InPlace label="Hint" add="Add a hint" value={null} onSave={() => {}} />
        <InPlace label="Name" add="Add a name" value="Anna" onSave={() => {}} startEditing />
        <InPlace
          label="Hint"
          add="Add a hint"
          value="Theirs"
          rows={2}
          onSave={() => {}}
          notice="Boris was quicker: Theirs."
        />
      </div>
    ),
  },
  {
    name: 'Icons',
    show: () => (
      <div className={styles.line}>
        {iconNames.map((name: IconName) => (
          <span key={name} title={name}>
            <Icon name={name} />
          </span>
        ))}
      </div>
    ),
  },
  {
    name: 'Steps',
    show: () => (
      <Steps
        label="A trial"
        steps={[
          { id: 'a', state: 'passed', words: 'The server answers' },
          {
            id: 'b',
            state: 'failed',
            words: 'Name or password is not accepted',
            more: `The server said: ${long}`,
          },
          { id: 'c', state: 'untried', words: 'The inbox folder: not tried' },
          { id: 'd', state: 'running', words: 'Waiting for it to come back' },
          { id: 'e', state: 'late', words: 'It has not come back', more: 'What to do next.' },
        ]}
      />
    ),
  },
  {
    name: 'Tabs',
    show: () => (
      <>
        <SomeTabs />
        <SomeTabs flush />
      </>
    ),
  },
  {
    name: 'List, page, section',
    show: () => (
      <Page title="Teams" words="Who answers what." acts={<Button look="main">New team</Button>}>
        <Section title="Here" words="A part of the page.">
          <List label="Teams">
            <ListRow title="Delivery" words="3 agents" end={<IconButton name="more" label="More" />} />
            <ListRow title="A row that opens" lead={<Avatar name="Open" />} onClick={() => {}} />
            <ListRow title={long} words={long} />
          </List>
        </Section>
      </Page>
    ),
  },
  {
    name: 'Empty',
    show: () => (
      <EmptyState icon="check" title="Everything is taken" words="New mail appears here by itself.">
        <Button>Go to mine</Button>
      </EmptyState>
    ),
  },
  { name: 'A moment after the paint', show: () => <Arriving /> },
  { name: 'Broken', show: () => <ErrorState error={new Error('x')} onRetry={() => {}} /> },
  { name: 'Loading', show: () => <Skeleton lines={4} /> },
]
