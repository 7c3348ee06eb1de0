// The front door: the stream over HTTP and live.
export { addEventRoutes } from './events.routes.ts'
export { findSignedOut } from './find-signed-out.ts'
export { type Hub, openHub, replayLimit } from './hub.ts'
export { addLiveRoute } from './live.routes.ts'
export { isSeated } from './seats.ts'
