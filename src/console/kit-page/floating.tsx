import { useState } from 'react'
import { Button } from '../kit/Button.tsx'
import { Combobox, MultiCombobox } from '../kit/Combobox.tsx'
import { ContextMenu } from '../kit/ContextMenu.tsx'
import { Dialog, Drawer } from '../kit/Dialog.tsx'
import { Finder } from '../kit/Finder.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../kit/Menu.tsx'
import { Popover } from '../kit/Popover.tsx'
import { say } from '../kit/Toast.tsx'
import { tip } from '../kit/Tooltip.tsx'
import { Viewer } from '../kit/Viewer.tsx'
import styles from './KitPage.module.css'
import type { Specimen } from './specimen.ts'

const people = [
  { id: 'a', label: 'Anna', hint: 'me' },
  { id: 'b', label: 'Boris' },
]
const found = [
  { id: 'x', name: 'Do', items: [{ id: 'y', words: 'Assign', icon: 'person' as const, caps: ['a'] }] },
]

function Menus() {
  const [choice, setChoice] = useState<'one' | 'two'>('one')
  const [who, setWho] = useState('a')
  const [tags, setTags] = useState<string[]>(['a'])
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
  return (
    <div className={styles.line}>
      <Menu trigger={<Button>Menu</Button>}>
        <MenuChoice
          value={choice}
          onChange={setChoice}
          options={[
            { value: 'one', label: 'One' },
            { value: 'two', label: 'Two', hint: 'more' },
          ]}
        />
        <MenuSeparator />
        <MenuItem icon="copy" hint="C">
          Copy
        </MenuItem>
        <MenuItem disabled>Not possible</MenuItem>
        <MenuItem icon="trash" danger>
          Throw away
        </MenuItem>
      </Menu>
      <Combobox
        trigger={<Button>One of many</Button>}
        options={people}
        placeholder="Who?"
        label="One of many"
        value={who}
        onChange={setWho}
      />
      <MultiCombobox
        trigger={<Button>Several of many</Button>}
        options={people}
        placeholder="Which?"
        label="Several of many"
        value={tags}
        onChange={setTags}
        onCreate={() => {}}
      />
      <Popover trigger={<Button>Popover</Button>} label="A popover">
        Anything small.
      </Popover>
      <Button onClick={(event) => setAt({ x: event.clientX, y: event.clientY })}>Context menu</Button>
      <ContextMenu open={at !== null} onOpenChange={() => setAt(null)} at={at ?? { x: 0, y: 0 }} label="Acts">
        <MenuItem>Here</MenuItem>
      </ContextMenu>
      <Button {...tip('What it does', 'X')}>Tooltip</Button>
    </div>
  )
}

function Over() {
  const [open, setOpen] = useState<'dialog' | 'drawer' | 'finder' | 'viewer' | null>(null)
  const [typed, setTyped] = useState('')
  const props = (name: typeof open) => ({
    open: open === name,
    onOpenChange: (next: boolean) => setOpen(next ? name : null),
  })
  return (
    <div className={styles.line}>
      <Button onClick={() => setOpen('dialog')}>Dialog</Button>
      <Button onClick={() => setOpen('drawer')}>Drawer</Button>
      <Button onClick={() => setOpen('finder')}>Finder</Button>
      <Button onClick={() => setOpen('viewer')}>Viewer</Button>
      <Button onClick={() => say('It is done.')}>Toast</Button>
      <Button
        onClick={() => say('Closed.', { act: { label: 'Undo', run: () => {} }, until: Date.now() + 9000 })}
      >
        Toast with undo
      </Button>
      <Button onClick={() => say('It was refused.', { tone: 'broken' })}>Broken toast</Button>
      <Dialog
        {...props('dialog')}
        title="A dialog"
        words="What it is about."
        foot={<Button look="main">Do it</Button>}
      />
      <Drawer {...props('drawer')} label="A drawer">
        What slides over.
      </Drawer>
      <Viewer {...props('viewer')} title="picture.png" acts={<Button>Save</Button>}>
        A picture.
      </Viewer>
      <Finder
        {...props('finder')}
        label="Find"
        placeholder="Whatever"
        typed={typed}
        onType={setTyped}
        groups={typed === '' ? found : []}
        empty="Nothing found."
        onChoose={() => () => {}}
      />
    </div>
  )
}

export const floating: Specimen[] = [
  { name: 'Menu, combobox, popover, context menu, tooltip', show: Menus },
  { name: 'Dialog, drawer, finder, viewer, toast', show: Over },
]
