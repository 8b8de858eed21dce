/** Compressed content is damaged, or longer than it may be. The message has no data in it. */
export class CodecDefect extends Error {}
