/** A server wants the pages of a slice to be asked for anew, from the first. */
export class PaginationReset extends Error {}
