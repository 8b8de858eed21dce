/** Keyword arguments by name. */
export type Kwargs = Readonly<Record<string, unknown>>

export const noKwargs: Kwargs = Object.freeze(Object.create(null) as Record<string, unknown>)
