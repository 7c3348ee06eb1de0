export { htmlToText } from '#platform/html/html-to-text.ts'
