/** Teams: departments, groups of agents. The front door. */
export { addTeam } from './add-team.ts'
export { changeTeam } from './change-team.ts'
export { setMembers, setTeamsOf } from './members.ts'
export { findTeam, missingTeams, pageOfTeams, teamsOf } from './queries.ts'
export { removeTeam } from './remove-team.ts'
