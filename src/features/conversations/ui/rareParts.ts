// What an open conversation shows only where there is something to say of it: somebody was asked, it went astray, passed from
// hand to hand or was taken for spam. Fetched after the first screen, in one piece.
export { ConsultLine, HowAnswered } from './ConsultLine.tsx'
export { HandoffLine } from './HandoffLine.tsx'
export { MergedAway } from './MergedAway.tsx'
export { MergedLine } from './MergedLine.tsx'
export { MessageDetails } from './MessageDetails.tsx'
export { NewPeople } from './NewPeople.tsx'
export { PrivateLine } from './PrivateLine.tsx'
export { SpamLine } from './SpamLine.tsx'
export { Strayed } from './Strayed.tsx'
export { SuggestedLine } from './SuggestedLine.tsx'
export { WithWhom } from './WithWhom.tsx'
