// Everything of the composer that is fetched ahead of need, in one piece.
export { BeforeWriting } from './BeforeWriting.tsx'
export { CloseAsk } from './CloseAsk.tsx'
export { CommentBox } from './CommentBox.tsx'
export { CommentEdit } from './CommentEdit.tsx'
export { ForwardBox } from './ForwardBox.tsx'
export { ReplyBox } from './ReplyBox.tsx'
