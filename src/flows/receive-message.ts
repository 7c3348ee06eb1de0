// The journey of a message from outside:
//
//   keep      raw bytes as a file, a ledger row, the door's count: one small transaction; only then may the source
//             forget the message (SMTP 250, IMAP position, exit 0, HTTP 202)
//   read      bytes → message, in a worker thread with limits; what breaks is tried again, then quarantined
//   classify  own loop and duplicate are ignored; a bounce goes to the message it speaks of
//   identify  who wrote: an agent, a customer, a participant, a stranger; the author is never rewritten
//   thread    an ordered list of small finders; the first that answers wins, else a new conversation
//   append    the message takes its position; the conversation wakes
//   announce  is no step: everything above wrote events, and what must react follows them
//
// From classify to the ledger's outcome is one transaction: a message is in completely, or will be tried again.
// The steps stand in the files beside this one and in the features; this file is the order of things.
export {}
