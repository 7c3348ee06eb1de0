export const NothingOpen = () => null
