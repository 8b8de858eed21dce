/** A whole count as people read it: 2,999,813. */
export function sayCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** A count with its noun: "1 row", "2,000 rows". */
export function sayAmount(count: number, noun: string, plural = `${noun}s`): string {
  return `${sayCount(count)} ${count === 1 ? noun : plural}`
}

/** A duration: "0.04 s", "12.3 s", "3 min 05 s", "2 h 10 min". */
export function saySeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2)} s`
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`
  const rounded = Math.round(seconds)
  const minutes = Math.floor(rounded / 60)
  if (minutes < 60) return `${minutes} min ${String(rounded % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** A size in bytes: "812 B", "1.4 MB". */
export function sayBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}
