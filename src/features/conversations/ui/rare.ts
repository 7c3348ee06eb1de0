import i18next from 'i18next'
import { lazily } from '#console/kit/lazily.ts'

const load = async () => {
  const [parts] = await Promise.all([import('./rareParts.ts'), i18next.loadNamespaces('asked')])
  return parts
}
export const ConsultLine = lazily(async () => (await load()).ConsultLine)
export const HowAnswered = lazily(async () => (await load()).HowAnswered)
export const HandoffLine = lazily(async () => (await load()).HandoffLine)
export const MessageDetails = lazily(async () => (await load()).MessageDetails)
export const MergedAway = lazily(async () => (await load()).MergedAway)
export const MergedLine = lazily(async () => (await load()).MergedLine)
export const NewPeople = lazily(async () => (await load()).NewPeople)
export const PrivateLine = lazily(async () => (await load()).PrivateLine)
export const SpamLine = lazily(async () => (await load()).SpamLine)
export const Strayed = lazily(async () => (await load()).Strayed)
export const SuggestedLine = lazily(async () => (await load()).SuggestedLine)
export const WithWhom = lazily(async () => (await load()).WithWhom)
