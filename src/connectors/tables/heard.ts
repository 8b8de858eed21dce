/** For the server's own limit to reach us first. */
const GRACE_MS = 2_000

/**
 * What a server says, unless it says nothing for longer than it would let a statement run: then something on the way holds it
 * back, and `giveUp` ends the connection.
 * @param limitMs the limit of a statement; 0 for none
 */
export async function heard<T>(answer: Promise<T>, limitMs: number, giveUp: () => void): Promise<T> {
  if (limitMs === 0) return answer
  const silence = setTimeout(giveUp, limitMs + GRACE_MS)
  try {
    return await answer
  } finally {
    clearTimeout(silence)
  }
}
