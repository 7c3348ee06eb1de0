// The journey of a reply:
//
//   write     under the conversation's lock: the send guard, the message row, one delivery row per recipient
//   hold      the undo window or "send later": a due time by our clock; undo is a conditional update, one winner
//   queue     due: the delivery waits for a worker
//   claim     one worker takes the message's queued deliveries
//   channel   bytes leave; expected failures come back as values
//   settle    states and attempts with the server's words; back-off, or final
//   announce  is no step: settle wrote events
export {}
