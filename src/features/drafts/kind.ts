export type DraftKind = 'reply' | 'comment'
