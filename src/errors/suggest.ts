import { alignmentDistance } from './alignment-distance.ts'

/**
 * The candidate nearest to a misspelt word, when one is near enough to be what was meant.
 * Damerau–Levenshtein (optimal string alignment) distance; at most a third of the word may differ.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    const distance = alignmentDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}
