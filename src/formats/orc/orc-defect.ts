/** A file is not ORC, or a damaged one. The message has no value in it. */
export class OrcDefect extends Error {}
