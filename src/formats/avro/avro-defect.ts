/** Bytes are not what the schema says. The message has no value in it. */
export class AvroDefect extends Error {}
