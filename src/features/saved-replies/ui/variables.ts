// Variables of saved replies: {{customer.firstName|there}}. What has no value and no fallback stays in braces; the
// writing area shows it as a gap and nothing is sent while one is left.
import i18next from 'i18next'

export const variableNames = [
  'customer.firstName',
  'customer.name',
  'customer.address',
  'customer.company',
  'agent.firstName',
  'agent.name',
  'subject',
  'number',
  'inbox.name',
  'inbox.address',
] as const
export type VariableName = (typeof variableNames)[number]
export type Values = Partial<Record<VariableName, string | null>>

/** Short names of the first days. */
const others: Record<string, VariableName> = {
  customer: 'customer.name',
  agent: 'agent.name',
  inbox: 'inbox.name',
}

export const fillIn = (text: string, values: Values): string =>
  text.replace(/\{\{\s*([\w.]+)\s*(?:\|([^{}]*))?\}\}/g, (_, name: string, fallback: string | undefined) => {
    const known = others[name] ?? name
    const value = variableNames.some((each) => each === known) ? values[known as VariableName] : null
    return value?.trim() || fallback?.trim() || `{{${known}}}`
  })

/** What a variable is called in the reader's language; an unknown one by its own name. */
export const variableName = (name: string): string =>
  i18next.t(`composer:variable.${others[name] ?? name}`, { defaultValue: name })

/** "Dr. Anna Lee": Anna. A name that is an address or a firm is no first name. */
export function firstNameOf(name: string | null): string | null {
  if (!name || /[@\d]/.test(name)) return null
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => !/^(?:mr|mrs|ms|dr|prof|herr|frau|г-н|г-жа)\.?$/i.test(word))
  const [first, second] = words
  // "Lee, Anna"
  return (first?.endsWith(',') ? second : first)?.replace(/,$/, '') ?? null
}
