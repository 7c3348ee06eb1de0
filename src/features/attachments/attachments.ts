// The front door of attachments: files with a name that belong to a message or a comment, or (loose) for a day to
// whoever uploaded them.

export { add, addLoose, addToComment, type NewAttachment } from './add.ts'
export { contentDisposition } from './disposition.ts'
export { type ErasedFile, eraseCopies, eraseOf } from './erase.ts'
export { beginning } from './file-view.routes.ts'
export { claim, handOver, type Owner, shownLoose } from './loose.ts'
export { nameFiles } from './name-files.ts'
export { pictureType } from './picture-type.ts'
export { type HiddenFile, hideFiles, isOpenTo, showFileAgain } from './seal.ts'
export { type Sees, visibleFile } from './visible-file.ts'
export { type ZipEntry, zip } from './zip.ts'
