export const NewConversation = (_: { onClose: () => void }) => null
