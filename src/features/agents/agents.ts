/** Agents: the people inside with a seat. The front door; who they are, not how they sign in. */
export { addAgent, type NewcomerDetails } from './add-agent.ts'
export { wrongNewcomer } from './addresses.ts'
export { changeAgent } from './change-agent.ts'
export { comeBack, goAway } from './go-away.ts'
export { joinAgent } from './join-agent.ts'
export {
  agentByAddress,
  findAgent,
  findMe,
  isSetUp,
  pageOfAgents,
  resolveAgent,
} from './queries.ts'
export { removeAgent } from './remove-agent.ts'
export { changeSettings, settingsOf } from './settings.ts'
export { workOf } from './work-of.ts'
