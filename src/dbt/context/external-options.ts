/** How a file is written by COPY, from its location and what the model configures: `format parquet, …`. */
export function externalWriteOptions(location: string, given: ReadonlyMap<string, string>): string {
  const options = new Map(given)
  if (!options.has('format')) {
    const compression = /\.(gz|zst)$/i.exec(location)?.[1]?.toLowerCase()
    const plain = compression ? location.slice(0, -compression.length - 1) : location
    const extension = /\.(\w+)$/.exec(plain)?.[1]?.toLowerCase()
    options.set('format', extension ?? (options.has('delimiter') ? 'csv' : 'parquet'))
    if (compression && extension && !options.has('compression')) {
      options.set('compression', compression === 'gz' ? 'gzip' : 'zstd')
    }
  }
  if (options.get('format') === 'csv' && !options.has('header')) options.set('header', '1')
  const partitions = options.get('partition_by')
  if (partitions?.includes(',') && !partitions.startsWith('(')) options.set('partition_by', `(${partitions})`)
  const texts = ['delimiter', 'quote', 'escape', 'null']
  return Array.from(options, ([key, value]) =>
    texts.includes(key.toLowerCase()) && !value.startsWith("'") ? `${key} '${value}'` : `${key} ${value}`,
  ).join(', ')
}

/** What to read back what was written: a glob where there is a folder of files. */
export function externalReadLocation(location: string, options: ReadonlyMap<string, string>): string {
  const partitions = options.get('partition_by')
  if (!partitions && !options.get('per_thread_output')) return location
  const levels = partitions ? partitions.split(',').map(() => '*') : []
  return `${[location, '*', ...levels].join('/')}.${options.get('format') ?? 'parquet'}`
}
