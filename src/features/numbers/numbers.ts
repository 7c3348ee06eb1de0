// The front door: what the wiring needs of the numbers.
export { factsFollower, gatherFacts } from './keep-facts.ts'
