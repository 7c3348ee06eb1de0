/** What the person who runs Foyer can mend: the message says what to do and is printed as it is, without a stack. */
export class Mendable extends Error {}
