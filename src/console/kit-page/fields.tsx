import { useState } from 'react'
import { Button } from '../kit/Button.tsx'
import { Checkbox, Switch } from '../kit/Checkbox.tsx'
import { Field, Form } from '../kit/Field.tsx'
import { Input, Textarea } from '../kit/Input.tsx'
import { Select } from '../kit/Select.tsx'
import { Suggest } from '../kit/Suggest.tsx'
import type { Specimen } from './specimen.ts'

const options = [
  { value: 'mail', label: 'Mail' },
  { value: 'phone', label: 'Phone', hint: 'by hand' },
]

function Fields() {
  const [typed, setTyped] = useState('Anna')
  return (
    <Form onSubmit={() => {}}>
      <Field label="Name" hint="As customers see it.">
        <Input value={typed} onChange={setTyped} />
      </Field>
      <Field label="Empty" optional="optional">
        <Input placeholder="Nothing yet" />
      </Field>
      <Field label="Wrong" error="Write an address, like anna@example.com.">
        <Input defaultValue="anna@" />
      </Field>
      <Field label="Looks like text until touched">
        <Input bare defaultValue="A subject" />
      </Field>
      <Field label="Longer">
        <Textarea defaultValue={'Two\nlines'} />
      </Field>
      <Button type="submit" look="main">
        Save
      </Button>
    </Form>
  )
}

function Choices() {
  const [on, setOn] = useState(true)
  const [way, setWay] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  return (
    <Form onSubmit={() => {}}>
      <Checkbox checked={on} onChange={setOn} label="Chosen now, saved with the form" hint="A hint." />
      <Checkbox checked={false} onChange={() => {}} label="Not possible" disabled />
      <Switch checked={on} onChange={setOn} label="At once" hint="A hint." />
      <Switch checked={false} onChange={() => {}} label="Not possible" disabled />
      <Select value={way} onChange={setWay} options={options} label="How" placeholder="Choose" />
      <Select value="mail" onChange={setWay} options={options} label="How, fixed" disabled />
      <Field label="Free text that offers what is known">
        <Suggest
          value={typed}
          onChange={setTyped}
          options={options.map(({ value, label }) => ({ id: value, label }))}
          onPick={({ label }) => setTyped(label)}
        />
      </Field>
    </Form>
  )
}

export const fields: Specimen[] = [
  { name: 'Field, input, textarea', show: Fields },
  { name: 'Checkbox, switch, select, suggestions', show: Choices },
]
