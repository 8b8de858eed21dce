/** How long the batches of a microbatch model are, and how finely samples are measured. */
export const BATCH_SIZES = ['hour', 'day', 'month', 'year'] as const
export type BatchSize = (typeof BATCH_SIZES)[number]
