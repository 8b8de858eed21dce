import { z } from 'zod'

const queries = z.array(z.tuple([z.string(), z.string()]).readonly()).readonly()

/** What a polling reader is to read, and through what. */
export const pollOrder = z.discriminatedUnion('via', [
  z.object({ via: z.literal('owner'), socket: z.string(), queries }),
  z.object({
    via: z.literal('postgres'),
    server: z.object({
      host: z.string(),
      port: z.number(),
      user: z.string(),
      password: z.string(),
      database: z.string(),
    }),
    queries,
  }),
])

export type PollOrder = z.infer<typeof pollOrder>

/** What one connection of a polling reader saw, by the queries' names. */
export const observed = z.object({
  reads: z.record(z.string(), z.number()),
  /** Answers as JSON, in order, each once until another comes. */
  sequences: z.record(z.string(), z.array(z.string())),
  errors: z.array(z.string()),
})

export type Observed = z.infer<typeof observed>
