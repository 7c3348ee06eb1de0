export const QueuePage = () => null
