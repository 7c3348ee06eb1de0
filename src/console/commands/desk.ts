// What works everywhere on the desk.
import type { IconName } from '../kit/Icon.tsx'
import { defineCommand } from './registry.ts'

export const showKeys = defineCommand({
  id: 'desk.keys',
  text: 'frame:showKeys',
  group: 'desk',
  keys: ['?'],
  icon: 'keyboard',
})
export const showPalette = defineCommand({
  id: 'desk.palette',
  text: 'frame:palette',
  group: 'desk',
  keys: ['Mod+k'],
  icon: 'search',
})
const desk = (name: string, icon: IconName) =>
  defineCommand({ id: `desk.${name}`, text: `frame:desk.${name}`, group: 'desk', icon })
export const newConversation = desk('new', 'plus')
export const followSystem = desk('theme-system', 'sun')
export const goLight = desk('theme-light', 'sun')
export const goDark = desk('theme-dark', 'sun')
export const foldRail = defineCommand({
  id: 'desk.fold',
  text: 'queue:railFold',
  group: 'desk',
  keys: ['['],
  icon: 'panel',
})
export const goAway = defineCommand({ id: 'desk.away', text: 'queue:cmd.away', group: 'desk', icon: 'moon' })
export const signOut = desk('sign-out', 'back')

const go = (place: string, text: string, ...keys: string[]) =>
  defineCommand({ id: `go.${place}`, text: `frame:${text}`, group: 'go', keys })

export const goSearch = go('search', 'goSearch', '/')
export const goMine = go('mine', 'goMine', 'g m')
export const goUnassigned = go('unassigned', 'goUnassigned', 'g u')
export const goMyTeams = go('my-teams', 'goMyTeams', 'g t')
export const goAll = go('all', 'goAll', 'g a')
export const goDrafts = go('drafts', 'goDrafts', 'g d')
export const goNumbers = go('numbers', 'goNumbers', 'g n')
export const goOutbox = go('outbox', 'goOutbox', 'g o')
export const goSettings = go('settings', 'goSettings', 'g s')
